package org.seawall.core.flush;

import static org.seawall.core.flush.FlushedLog.past;
import static org.seawall.core.flush.FlushedLog.put;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.SeawallException;
import org.seawall.core.engine.TickingClock;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * Flushes, with snapshots and compactions in between, puts, replaces, deletes and lets expire what was flushed; also while the sink is
 * away. Whoever starts again takes a snapshot before the sink is there. A state is what is live in log and sink as one.
 */
record FlushScenario(WriteStrategy strategy) implements Scenario<SortedMap<String, Long>> {
    /** With the newest sequence under a name that no id has. */
    private static final String LAST = "";

    @Override
    public SortedMap<String, Long> nothing() {
        return new TreeMap<>();
    }

    private FlushedLog open(Storage storage) {
        return FlushedLog.open(storage, strategy, new TickingClock());
    }

    @Override
    public void run(Storage storage, Ledger<SortedMap<String, Long>> ledger) throws Exception {
        try (FlushedLog log = open(storage)) {
            log.create();
            try {
                withSink(log, ledger);
                withoutSink(log, ledger);
                withSinkAgain(log, ledger);
            } catch (SeawallException | CompletionException e) {
                insist(log, ledger, e);
                throw e;
            }
        }
    }

    private static void withSink(FlushedLog log, Ledger<SortedMap<String, Long>> ledger) throws IOException {
        log.attached(() -> {
            append(log, ledger, put("a"), put("b"), put("c"));
            append(log, ledger, put("a"), put("d"));
            log.flush();
            append(log, ledger, Entry.delete("b"), put("e"));
            append(log, ledger, past("d"));
            log.collection().log().compact();
            log.flush();
        });
    }

    private static void withoutSink(FlushedLog log, Ledger<SortedMap<String, Long>> ledger) throws IOException {
        append(log, ledger, Entry.delete("a"), put("c"));
        log.collection().log().snapshot();
        append(log, ledger, put("b"), put("a"));
        append(log, ledger, Entry.delete("a"));
        log.collection().log().compact();
    }

    private static void withSinkAgain(FlushedLog log, Ledger<SortedMap<String, Long>> ledger) throws IOException {
        log.attached(() -> {
            append(log, ledger, put("d"));
            log.flush();
            append(log, ledger, Entry.delete("d"));
            log.collection().log().snapshot();
        });
    }

    /** Whatever is acknowledged after a failure has to be there too. */
    private static void insist(FlushedLog log, Ledger<SortedMap<String, Long>> ledger, RuntimeException failure)
            throws IOException {
        try {
            append(log, ledger, put("y"), Entry.delete("c"));
            log.collection().log().snapshot();
            log.attached(() -> {
                append(log, ledger, put("y"), Entry.delete("e"));
                log.flush();
                append(log, ledger, put("z"), Entry.delete("y"));
                log.flush();
            });
        } catch (SeawallException | CompletionException e) {
            failure.addSuppressed(e);
        }
    }

    private static void append(FlushedLog log, Ledger<SortedMap<String, Long>> ledger, Entry... batch) {
        ledger.submitted(state -> with(state, batch));
        log.append(batch);
        ledger.acknowledged();
    }

    private static SortedMap<String, Long> with(SortedMap<String, Long> state, Entry... batch) {
        SortedMap<String, Long> changed = new TreeMap<>(state);
        long sequence = state.getOrDefault(LAST, 0L);
        for (Entry entry : batch) {
            sequence++;
            changed.put(entry.id(), sequence);
            if (entry.operation() == Operation.DELETE || entry.expiresAtMillis() != 0) {
                changed.remove(entry.id());
            }
        }
        changed.put(LAST, sequence);
        return changed;
    }

    @Override
    public void recover(Storage storage, Ledger<SortedMap<String, Long>> ledger) throws Exception {
        try (FlushedLog log = open(storage)) {
            log.create();
            log.collection().log().snapshot();
            log.attached(() -> {
                SortedMap<String, Long> state = log.live();
                long last = log.collection().log().memtable().lastSequence();
                if (last > 0) {
                    state.put(LAST, last);
                }
                ledger.recovered(state);
                append(log, ledger, put("r"), put("a"));
                log.flush();
                append(log, ledger, Entry.delete("r"), put("b"));
            });
        }
    }
}
