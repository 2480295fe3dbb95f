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

    private final long recoveredUpTo;
    private final int powerLosses;
    private boolean failed;

    Opening(BatchLog log, Process process, History history) {
        this.log = log;
        this.process = process;
        this.history = history;
        this.powerLosses = process.world().powerLosses();
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
