package org.seawall.spi.serializer;

/**
 * What a snapshot, or a file that a run of segments was compacted to, stands for. It ends where the segment that its header
 * names ends, and holds what was kept of the entries up to there.
 *
 * @param firstSegment number of the first segment that it stands for, from 1
 * @param firstChain the chained checksum of everything before that segment; 0 if there is nothing before it
 * @param lastSequence the sequence up to which it holds what was kept
 * @param entries how many entries it holds; {@link #UNKNOWN} in a file of an old format, which did not say
 * @param flushed up to which sequence the entries have left the log for a sink, and are not in the file; 0 for none
 */
public record Coverage(long firstSegment, int firstChain, long lastSequence, long entries, long flushed) {
    /** The number of entries of a file that does not say it. */
    public static final long UNKNOWN = -1;

    /** Checks that there is a first segment, and that no more is flushed than there is. */
    public Coverage {
        if (firstSegment < 1) {
            throw new IllegalArgumentException("first segment out of range, expected 1 or more, value=" + firstSegment);
        }
        if (flushed < 0 || flushed > Math.max(0, lastSequence)) {
            throw new IllegalArgumentException(
                    "flushed sequence out of range, expected 0 to " + lastSequence + ", value=" + flushed);
        }
    }

    /**
     * What a file stands for that nothing has left for a sink.
     *
     * @param firstSegment number of the first segment that it stands for, from 1
     * @param firstChain the chained checksum of everything before that segment
     * @param lastSequence the sequence up to which it holds what was kept
     * @param entries how many entries it holds
     */
    public Coverage(long firstSegment, int firstChain, long lastSequence, long entries) {
        this(firstSegment, firstChain, lastSequence, entries, 0);
    }

    /**
     * What a snapshot of the first format stood for: everything up to a sequence.
     *
     * @param lastSequence that sequence
     * @return the coverage, with {@link #UNKNOWN} entries
     */
    public static Coverage upTo(long lastSequence) {
        return new Coverage(1, 0, lastSequence, UNKNOWN);
    }
}
