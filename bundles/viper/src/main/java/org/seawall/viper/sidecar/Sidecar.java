package org.seawall.viper.sidecar;

import org.seawall.viper.codes.Codes;
import org.seawall.viper.part.PageTable;

/**
 * What is held in memory of a part. Never changed. Safe for use by several threads.
 */
public final class Sidecar {
    private static final long OBJECT_BYTES = 1024;

    private final PageTable pages;
    private final KeyTable keys;
    private final long[] expiries;
    private final Codes codes;

    /**
     * Puts the parts of it together.
     *
     * @throws IllegalArgumentException if they are of different numbers of rows
     */
    Sidecar(PageTable pages, KeyTable keys, long[] expiries, Codes codes) {
        this.pages = pages;
        this.keys = keys;
        this.expiries = expiries;
        this.codes = codes;
        boolean expires = expiries.length > 0;
        if (keys.highs().length != pages.rows()
                || expires && expiries.length != pages.rows()
                || codes.rows() != pages.vectors()
                || codes.dimension() != pages.dimension()) {
            throw new IllegalArgumentException("sidecar of another part, rows=" + pages.rows() + ", vectors="
                    + pages.vectors() + ", dimension=" + pages.dimension() + ", keys=" + keys.highs().length
                    + ", expiries=" + expiries.length + ", codes=" + codes.rows() + " x " + codes.dimension());
        }
    }

    /** Where everything is in the part. */
    public PageTable pages() {
        return pages;
    }

    /** Which row has which id. */
    public KeyTable keys() {
        return keys;
    }

    /** By which the nearest are found. */
    public Codes codes() {
        return codes;
    }

    /** When each row expires, in milliseconds of Unix time, 0 for never; empty if none does. */
    long[] expiries() {
        return expiries;
    }

    /**
     * Whether a row has expired.
     *
     * @param row the row
     * @param nowMillis the moment
     * @return true from its expiry on
     */
    public boolean expired(int row, long nowMillis) {
        return expiries.length > 0 && expiries[row] != 0 && expiries[row] <= nowMillis;
    }

    /**
     * Marks the rows that have expired.
     *
     * @param nowMillis the moment
     * @param dead takes a bit for each row
     */
    public void markExpired(long nowMillis, long[] dead) {
        for (int row = 0; row < expiries.length; row++) {
            if (expiries[row] != 0 && expiries[row] <= nowMillis) {
                dead[row >>> 6] |= 1L << row;
            }
        }
    }

    /** How much memory it takes, about. */
    public long memoryBytes() {
        return OBJECT_BYTES
                + pages.encodedBytes()
                + keys.memoryBytes()
                + 8L * (expiries.length + codes.bits().length + codes.rows())
                + 4L * codes.dimension();
    }
}
