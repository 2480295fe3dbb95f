package org.seawall.core.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A writer whose storage failed and who goes on with the log when it can. Whether another took the log over meanwhile is told
 * by the epoch, unless that is the one of a fence which it put there itself at an earlier attempt. For one thread at a time.
 */
final class FailedWriter {
    private final long epoch;
    private final List<Head> fences = new ArrayList<>();

    FailedWriter(long epoch) {
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /** It has put a fence there, or may have. */
    void fenced(Head fence) {
        fences.add(fence);
    }

    /**
     * Whether another has gone on with the log. The chained checksum is over the whole header of the fence, and over every
     * batch behind it. Two that write the very same fence at the same moment take it for their own both, and each puts another
     * behind it: one of these is the first.
     */
    boolean overtaken(Head end) {
        return end.epoch() > epoch && fences.stream().noneMatch(own -> stands(own, end));
    }

    private static boolean stands(Head own, Head end) {
        return own.epoch() == end.epoch()
                && own.segment() == end.segment()
                && own.name().equals(end.name())
                && own.chain() == end.chain();
    }
}
