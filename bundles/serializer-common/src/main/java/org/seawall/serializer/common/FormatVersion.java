package org.seawall.serializer.common;

import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/** The versions of our formats, which change together. Every one is read; a new file is of the {@linkplain #of one} for its header. */
public enum FormatVersion {
    /** A snapshot says its sequence and nothing else of what it stands for; a batch does not say when it was written. */
    V1,
    V2,
    /**
     * A snapshot says up to where entries have left the log for a sink. Only such a snapshot is of this version: a reader that does not
     * know it must not take what has left for what was never there.
     */
    V3;

    public static final FormatVersion NEWEST = V3;

    /** The version of a new file. */
    public static FormatVersion of(SegmentHeader header) {
        return header.covers().map(Coverage::flushed).orElse(0L) > 0 ? V3 : V2;
    }

    /** As it stands in files. */
    public int number() {
        return ordinal() + 1;
    }

    public boolean before(FormatVersion other) {
        return compareTo(other) < 0;
    }
}
