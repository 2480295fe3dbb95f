package org.seawall.serializer.common;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The marker of a segment, which is its header's checksum: the first 16 bytes of SHA-256 over all that stands before it. */
public final class SegmentMarker {
    public static final int BYTES = 16;

    /** More than any version's header will need, and few enough to be read at once. */
    public static final int MAX_HEADER_BYTES = 64 * 1024;

    private SegmentMarker() {}

    public static byte[] of(byte[] bytes, int length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, length);
            return Arrays.copyOf(sha256.digest(), BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256, which every Java platform has to have", e);
        }
    }
}
