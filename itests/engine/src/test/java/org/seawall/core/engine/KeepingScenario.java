package org.seawall.core.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.PointInTime;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * Supersedes, deletes, lets expire, snapshots, compacts, merges what is merged, archives and prunes. A state is what is live,
 * with the two newest versions of it, in the memory of the log and in a view of the storage.
 */
final class KeepingScenario implements Scenario<KeepingScenario.State> {
    private static final int VERSIONS = 2;
    private static final EngineSettings SETTINGS =
            new EngineSettings(1 << 20, 0, 1 << 20, 2, new Retention(VERSIONS, 0, 3, 1 << 16, 50, 1));
    private static final BatchSerializer AVRO = new AvroSerializer(1 << 20);

    private final WriteStrategy strategy;
    private final Clock clock = new TickingClock();

    KeepingScenario(WriteStrategy strategy) {
        this.strategy = strategy;
    }

    /** What is live by id, the newest version first, up to a delete or the end of its time; and the newest sequence. */
    record State(long last, SortedMap<String, List<Long>> live) {
        State with(Entry... batch) {
            SortedMap<String, List<Long>> changed = new TreeMap<>(live);
            long sequence = last;
            for (Entry entry : batch) {
                sequence++;
                List<Long> versions = new ArrayList<>(List.of(sequence));
                versions.addAll(changed.getOrDefault(entry.id(), List.of()));
                changed.put(entry.id(), versions.subList(0, Math.min(VERSIONS, versions.size())));
                if (dead(entry)) {
                    changed.remove(entry.id());
                }
            }
            return new State(sequence, changed);
        }
    }

    private static boolean dead(Entry entry) {
        return entry.operation() == Operation.DELETE || entry.expiresAtMillis() != 0;
    }

    private static Entry put(String id) {
        return Entry.vector(id, 1, 0.5f);
    }

    private static Entry past(String id) {
        return put(id).withExpiry(Instant.ofEpochMilli(1));
    }

    private static LogLayout layout(Storage storage) {
        return LogLayout.collection("c1", storage.directory(), Logs.FOUNDED);
    }

    private Session session(Storage storage) {
        Backend backend = new Backend(storage.files(), strategy, AVRO, List.of(AVRO), clock);
        return new Session(backend, SETTINGS, Runnable::run, "test");
    }

    @Override
    public State nothing() {
        return new State(0, new TreeMap<>());
    }

    @Override
    public void run(Storage storage, Ledger<State> ledger) throws IOException {
        try (BatchLog log = BatchLog.create(session(storage), layout(storage))) {
            try {
                grow(log, ledger);
                mergeAndReplace(log, ledger);
            } catch (SeawallException | CompletionException e) {
                insist(log, ledger, e);
                throw e;
            }
        }
    }

    private static void grow(BatchLog log, Ledger<State> ledger) {
        append(log, ledger, put("a"), put("b"), put("c"));
        append(log, ledger, put("a"));
        log.roll();
        append(log, ledger, Entry.delete("b"), put("d"));
        log.compact();
        append(log, ledger, put("a"), past("d"));
        log.roll();
        append(log, ledger, put("b"));
        log.compact();
        log.snapshot();
    }

    private static void mergeAndReplace(BatchLog log, Ledger<State> ledger) {
        append(log, ledger, Entry.delete("c"));
        log.roll();
        append(log, ledger, put("a"), put("e"));
        log.roll();
        append(log, ledger, put("e"));
        log.roll();
        log.compactSmall();
        append(log, ledger, put("c"));
        log.snapshot();
        append(log, ledger, put("c"), Entry.delete("a"));
        log.compact();
    }

    /** Whatever is acknowledged after a failure has to be there too. */
    private static void insist(BatchLog log, Ledger<State> ledger, RuntimeException failure) {
        try {
            append(log, ledger, put("y"));
            log.compact();
            append(log, ledger, put("z"), Entry.delete("y"));
            log.snapshot();
        } catch (SeawallException | CompletionException e) {
            failure.addSuppressed(e);
        }
    }

    private static void append(BatchLog log, Ledger<State> ledger, Entry... batch) {
        ledger.submitted(state -> state.with(batch));
        log.append(AVRO.encode(List.of(batch), 1)).join();
        ledger.acknowledged();
    }

    @Override
    public void recover(Storage storage, Ledger<State> ledger) throws IOException {
        try (BatchLog log = opened(storage)) {
            State inMemory = state(log);
            ledger.recovered(inMemory);
            try (CollectionView view = log.view(PointInTime.atSequence(inMemory.last()), bytes -> {})) {
                expectSame(inMemory, view);
            }
            append(log, ledger, put("r"), put("a"));
            log.compact();
            append(log, ledger, Entry.delete("r"));
        }
    }

    private static State state(BatchLog log) {
        SortedMap<String, List<Long>> live = new TreeMap<>();
        forEachLive(log, logged -> {
            List<Long> versions = new ArrayList<>();
            for (LoggedEntry version : log.memtable().history(logged.entry().id())) {
                if (dead(version.entry()) || versions.size() == VERSIONS) {
                    break;
                }
                versions.add(version.sequence());
            }
            live.put(logged.entry().id(), versions);
        });
        return new State(log.memtable().lastSequence(), live);
    }

    private static void forEachLive(BatchLog log, Consumer<LoggedEntry> action) {
        var live = log.memtable().live(Logs.FOUNDED.toEpochMilli());
        while (live.next()) {
            action.accept(new LoggedEntry(live.sequence(), live.entry()));
        }
    }

    private static void expectSame(State inMemory, CollectionView view) {
        SortedMap<String, Long> seen = new TreeMap<>();
        for (Iterator<LoggedEntry> entries = view.entries(); entries.hasNext(); ) {
            LoggedEntry logged = entries.next();
            seen.put(logged.entry().id(), logged.sequence());
        }
        SortedMap<String, Long> expected = new TreeMap<>();
        inMemory.live().forEach((id, versions) -> expected.put(id, versions.get(0)));
        if (!seen.equals(expected) || view.sequence() != inMemory.last()) {
            throw new AssertionError("view of another state, view=" + seen + ", memory=" + inMemory);
        }
    }

    /** A log whose creation did not come to its end is created again: nobody had heard of it. */
    private BatchLog opened(Storage storage) throws IOException {
        Opening opening = BatchLog.open(session(storage), layout(storage));
        if (opening instanceof Opening.Refused refused
                && refused.report().segments() == 0
                && refused.report().verdict() == Verdict.GAP) {
            return BatchLog.create(session(storage), layout(storage));
        }
        if (opening instanceof Opening.Refused refused) {
            throw new IOException("refused, " + refused.report(), refused.cause());
        }
        return ((Opening.Opened) opening).log();
    }
}
