package org.seawall.inspection;

/** What is to be said of a file, or of all files of a collection: then it is the worst, which stands last here. */
public enum Verdict {
    /** As it was written, and in its place. */
    COMPLETE,
    /** Off the chain, or named by nobody: nothing in it was ever acknowledged. Recovery leaves it alone. */
    ORPHAN,
    /** The last write was cut off in the middle and was never acknowledged. The next opening copies it aside and cuts it. */
    TORN_TAIL,
    /** Belongs to another log, or is no file of a log at all. */
    FOREIGN,
    /** The storage could not read it. */
    UNREADABLE,
    /** Written by a newer version, in a format that this one does not read. */
    FORMAT_TOO_NEW,
    /** Bytes that were valid once are not any more, or the file is not the one that belongs here. */
    CORRUPT,
    /** A file is missing. */
    GAP;

    /**
     * The worse of two.
     *
     * @param other another verdict
     * @return the one that stands further back
     */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
