package org.seawall;

/**
 * What recovery found, and what it did about it.
 *
 * @param verdict the finding
 * @param detail for anything but {@link Verdict#COMPLETE}: file, offset, expected and actual, one line
 * @param segments segment files read
 * @param batches valid batches read
 * @param entries entries in them
 * @param bytes bytes read
 * @param millis how long it took
 */
public record Recovery(
        Verdict verdict, String detail, int segments, long batches, long entries, long bytes, long millis) {

    /** The finding of a recovery. Only the first two let a collection open. */
    public enum Verdict {
        /** Everything on the storage is valid. */
        COMPLETE,
        /**
         * The last write was cut off in the middle and was never acknowledged. Its bytes were copied aside to the archive
         * and cut off.
         */
        TORN_TAIL,
        /** Bytes that were valid once are not any more. Nothing was changed. */
        CORRUPT,
        /** A segment is missing. Nothing was changed. */
        GAP,
        /** Written by a newer version, in a format that this one does not read. Nothing was changed. */
        FORMAT_TOO_NEW,
        /** The storage could not be read. Nothing was changed; try again when it can. */
        UNAVAILABLE
    }

    /**
     * Whether the collection can be written to.
     *
     * @return true if everything that was ever acknowledged is there
     */
    public boolean usable() {
        return verdict == Verdict.COMPLETE || verdict == Verdict.TORN_TAIL;
    }
}
