package org.seawall.viper.sidecar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands for an id: the first 128 bits of its SHA-256, so that nobody can make two ids with one key and no id has to be read to be told
 * from others.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record Key(long high, long low) {
    /** Of a row that has no id. */
    static final Key NONE = new Key(0, 0);

    /**
     * The key of an id.
     *
     * @param id the id
     * @return its key; all zeroes for an empty id, by which nothing is looked up
     */
    public static Key of(String id) {
        if (id.isEmpty()) {
            return NONE;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
            return new Key(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
