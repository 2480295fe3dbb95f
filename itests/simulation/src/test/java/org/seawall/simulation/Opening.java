package org.seawall.simulation;

import java.util.ArrayList;
import java.util.List;
import org.seawall.core.engine.BatchLog;

/** One opening of a collection's log, as its clients know it. */
final class Opening {
    private final BatchLog log;
    private final Process process;
    private final History history;

    /** Submitted, and neither acknowledged nor refused: in flight, or of an outcome that is not known. */
    private final List<Batch> pending = new ArrayList<>();

    private final long recoveredUpTo;
    private boolean failed;

    Opening(BatchLog log, Process process, History history) {
        this.log = log;
        this.process = process;
        this.history = history;
        this.recoveredUpTo = log.memtable().lastSequence();
    }

    /** Below it a snapshot may have dropped what is not live. */
    long recoveredUpTo() {
        return recoveredUpTo;
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
