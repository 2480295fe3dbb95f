package org.seawall.viper.manifest;

import java.util.Objects;

/**
 * A part as a manifest lists it.
 *
 * @param name of its files, without their endings
 * @param rows how many rows it has
 * @param vectors how many of them have a vector
 * @param bytes length of the Parquet file
 * @param firstSequence the lowest sequence of a row
 * @param lastSequence the highest sequence of a row
 * @param firstExpiry the earliest moment at which a row expires, in milliseconds of Unix time; 0 if none does
 * @param lastExpiry the moment from which on all rows have expired; 0 if one never does
 * @param deletes name of its delete vector's file, without the ending; empty if no row is deleted
 * @param deleted how many rows are deleted
 */
public record PartEntry(
        String name,
        int rows,
        int vectors,
        long bytes,
        long firstSequence,
        long lastSequence,
        long firstExpiry,
        long lastExpiry,
        String deletes,
        int deleted) {

    /** Checks that it can be. */
    public PartEntry {
        FileNames.check(name);
        Objects.requireNonNull(deletes, "deletes");
        if (!deletes.isEmpty()) {
            FileNames.check(deletes);
        }
        if (rows < 1 || vectors < 0 || vectors > rows || deleted < 0 || deleted > rows || bytes < 1) {
            throw new IllegalArgumentException("part that cannot be, rows=" + rows + ", vectors=" + vectors
                    + ", deleted=" + deleted + ", bytes=" + bytes + ", name=" + name);
        }
        if (firstSequence < 1 || lastSequence < firstSequence || deletes.isEmpty() != (deleted == 0)) {
            throw new IllegalArgumentException("part that cannot be, firstSequence=" + firstSequence + ", lastSequence="
                    + lastSequence + ", deletes=" + deletes + ", deleted=" + deleted + ", name=" + name);
        }
    }

    /**
     * The same part with another delete vector.
     *
     * @param vector its file's name
     * @param count how many rows it holds
     * @return a copy
     */
    public PartEntry withDeletes(String vector, int count) {
        return new PartEntry(
                name, rows, vectors, bytes, firstSequence, lastSequence, firstExpiry, lastExpiry, vector, count);
    }

    /**
     * Whether a row may have expired.
     *
     * @param nowMillis the moment
     * @return false if none has
     */
    public boolean expires(long nowMillis) {
        return firstExpiry != 0 && firstExpiry <= nowMillis;
    }

    /**
     * Whether all rows have expired.
     *
     * @param nowMillis the moment
     * @return true if none is alive
     */
    public boolean expired(long nowMillis) {
        return lastExpiry != 0 && lastExpiry <= nowMillis;
    }
}
