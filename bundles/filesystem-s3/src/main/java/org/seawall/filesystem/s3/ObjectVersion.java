package org.seawall.filesystem.s3;

import java.util.Optional;

/**
 * The version of an object: what S3 calls ETag is a checksum of the content, and comes back with it, so our put-id stands behind.
 *
 * @param etag as the store tells it
 * @param putId of the write, where it is known
 */
record ObjectVersion(String etag, Optional<String> putId) {

    private static final String BETWEEN = ";";

    static ObjectVersion parse(String text) {
        int end = text.lastIndexOf(BETWEEN);
        return end < 0
                ? new ObjectVersion(text, Optional.empty())
                : new ObjectVersion(text.substring(0, end), Optional.of(text.substring(end + 1)));
    }

    @Override
    public String toString() {
        return putId.map(id -> etag + BETWEEN + id).orElse(etag);
    }
}
