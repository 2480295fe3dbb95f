package org.seawall.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seawall.core.engine.BatchLog;

/** One opening of a collection's log, as its clients know it. */
final class Opening {
    private final BatchLog log;
    private final Process process;
    private final History history;

    /** Submitted, and neither acknowledged nor refused: in flight, or of an outcome that is not known. */
    private final List<Batch> pending = new ArrayList<>();

    /** Acknowledged by the system: these survive the death of the process. */
    private final Set<Batch> written = new HashSet<>();

    private long droppedUpTo;
    private boolean cleaning;
    private final int powerLosses;
    private boolean failed;

    Opening(BatchLog log, Process process, History history) {
        this.log = log;
        this.process = process;
        this.history = history;
        this.powerLosses = process.world().powerLosses();
        this.droppedUpTo = log.memtable().lastSequence();
    }

    /** Up to where what is not live may have been dropped. */
    long droppedUpTo() {
        return cleaning ? Long.MAX_VALUE - 1 : droppedUpTo;
    }

    /** Drops, in this thread, what is not live of what is there by then. */
    void clean(Runnable work) {
        history.cleaningBegins();
        cleaning = true;
        try {
            work.run();
        } finally {
            cleaning = false;
            droppedUpTo = log.memtable().lastSequence();
        }
    }

    BatchLog log() {
        return log;
    }

    Process process() {
        return process;
    }

    History history() {
        return history;
    }

    List<Batch> pending() {
        return pending;
    }

    void written(Batch batch) {
        if (pending.contains(batch)) {
            written.add(batch);
        }
    }

    /** What may be gone now, and must not if only the process ended. */
    List<Batch> lostThoughWritten() {
        return process.world().powerLosses() > powerLosses
                ? List.of()
                : pending.stream().filter(written::contains).toList();
    }

    /** Whether a batch of it can still reach the storage. */
    boolean writes() {
        return !failed && !process.dead();
    }

    boolean failed() {
        return failed;
    }

    void fail() {
        failed = true;
    }
}
