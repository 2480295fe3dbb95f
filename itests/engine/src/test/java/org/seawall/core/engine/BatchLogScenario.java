package org.seawall.core.engine;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seawall.Entry;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/** Appends, rolls, snapshots, archives and prunes, by the engine with real serializers and a real strategy. */
final class BatchLogScenario implements Scenario<List<String>> {
    private static final EngineSettings SETTINGS = new EngineSettings(6_000, 0, 1 << 20, 1);
    private static final BatchSerializer AVRO = new AvroSerializer(1 << 20);
    private static final BatchSerializer PROTOBUF = new ProtobufSerializer(1 << 20);

    private final WriteStrategy strategy;
    /** What is written with in turn; between two of them the log is closed and opened. */
    private final List<BatchSerializer> writing;

    private final BatchSerializer later;
    /** Whether the log is not closed in between, but goes on in another session. */
    private final boolean seamless;

    private final Clock clock = new TickingClock();

    BatchLogScenario(WriteStrategy strategy) {
        this(strategy, List.of(AVRO), AVRO, false);
    }

    private BatchLogScenario(
            WriteStrategy strategy, List<BatchSerializer> writing, BatchSerializer later, boolean seamless) {
        this.seamless = seamless;
        this.strategy = strategy;
        this.writing = writing;
        this.later = later;
    }

    /** Written in one format and recovered with another. */
    static BatchLogScenario fromProtobufToAvro(WriteStrategy strategy) {
        return new BatchLogScenario(strategy, List.of(PROTOBUF), AVRO, false);
    }

    /** Closed, and opened with another serializer, twice while it is written. */
    static BatchLogScenario changingSerializers(WriteStrategy strategy) {
        return new BatchLogScenario(strategy, List.of(PROTOBUF, AVRO, PROTOBUF), PROTOBUF, false);
    }

    /** Goes on with another serializer, twice while it is written, and with what is in memory. */
    static BatchLogScenario changingSessions(WriteStrategy strategy) {
        return new BatchLogScenario(strategy, List.of(PROTOBUF, AVRO, PROTOBUF), PROTOBUF, true);
    }

    private static LogLayout layout(Storage storage) {
        return LogLayout.collection("c1", storage.directory(), Logs.FOUNDED);
    }

    /** Commits in the calling thread, so that operations have one order. */
    private Session session(Storage storage, Executor commits, BatchSerializer serializer) {
        Backend backend = new Backend(storage.files(), strategy, serializer, List.of(AVRO, PROTOBUF), clock);
        return new Session(backend, SETTINGS, commits, "test");
    }

    @Override
    public List<String> nothing() {
        return List.of();
    }

    @Override
    public void run(Storage storage, Ledger<List<String>> ledger) throws IOException {
        Turns commits = new Turns();
        List<Consumer<Appends>> parts = List.of(this::begin, this::goOn, appends -> end(appends, commits));
        int each = parts.size() / writing.size();
        if (seamless) {
            runSeamlessly(storage, ledger, commits, parts);
            return;
        }
        for (int i = 0; i < writing.size(); i++) {
            Session session = session(storage, commits, writing.get(i));
            try (BatchLog log = i == 0 ? BatchLog.create(session, layout(storage)) : opened(session, storage)) {
                write(new Appends(log, writing.get(i), ledger), parts.subList(i * each, (i + 1) * each));
            }
        }
    }

    private void runSeamlessly(
            Storage storage, Ledger<List<String>> ledger, Turns commits, List<Consumer<Appends>> parts)
            throws IOException {
        BatchLog log = BatchLog.create(session(storage, commits, writing.get(0)), layout(storage));
        try {
            for (int i = 0; i < parts.size(); i++) {
                log = i == 0 ? log : continued(log, session(storage, commits, writing.get(i)));
                write(new Appends(log, writing.get(i), ledger), parts.subList(i, i + 1));
            }
        } finally {
            log.close();
        }
    }

    /** An attempt that fails may be made again. */
    private static BatchLog continued(BatchLog log, Session next) throws IOException {
        Continuation end = log.seal();
        Opening opening = end.open(next);
        if (opening instanceof Opening.Refused) {
            opening = end.open(next);
        }
        if (opening instanceof Opening.Refused refused) {
            throw new IOException("refused, " + refused.report(), refused.cause());
        }
        return ((Opening.Opened) opening).log();
    }

    private static void write(Appends appends, List<Consumer<Appends>> parts) {
        try {
            parts.forEach(part -> part.accept(appends));
        } catch (SeawallException | CompletionException e) {
            insist(appends, e);
            throw e;
        }
    }

    private void begin(Appends appends) {
        appends.append("a", 2, 10);
        appends.append("b", 1, 300);
        appends.log().roll();
        appends.append("c", 2, 700);
        appends.log().snapshot();
    }

    private void goOn(Appends appends) {
        appends.append("d", 2, 10);
        appends.log().roll();
        appends.append("e", 1, 1_000);
    }

    private void end(Appends appends, Turns commits) {
        commits.hold();
        List<CompletableFuture<SequenceRange>> group =
                List.of(appends.submit("f", 3, 200), appends.submit("g", 1, 10), appends.submit("h", 1, 900));
        commits.go();
        group.forEach(CompletableFuture::join);
        appends.ledger().acknowledged();
        appends.log().snapshot();
        appends.append("i", 1, 10);
    }

    /** Whatever is acknowledged after a failure has to be there too. */
    private static void insist(Appends appends, RuntimeException failure) {
        try {
            appends.append("y", 1, 10);
            appends.log().snapshot();
            appends.append("z", 1, 10);
        } catch (SeawallException | CompletionException e) {
            failure.addSuppressed(e);
        }
    }

    /** A log whose creation did not come to its end is created again: nobody had heard of it. */
    @Override
    public void recover(Storage storage, Ledger<List<String>> ledger) throws IOException {
        try (BatchLog log = opened(session(storage, Runnable::run, later), storage)) {
            ledger.recovered(Logs.ids(log));
            long seen = log.memtable().lastSequence();
            Appends appends = new Appends(log, later, ledger);
            appends.append("r" + seen, 1, 10);
            log.snapshot();
            appends.append("s" + seen, 1, 600);
        }
    }

    private static BatchLog opened(Session session, Storage storage) throws IOException {
        Opening opening = BatchLog.open(session, layout(storage));
        if (opening instanceof Opening.Refused refused
                && refused.report().segments() == 0
                && refused.report().verdict() == Verdict.GAP) {
            return BatchLog.create(session, layout(storage));
        }
        if (opening instanceof Opening.Refused refused) {
            throw new IOException("refused, " + refused.report(), refused.cause());
        }
        return ((Opening.Opened) opening).log();
    }

    /** What is submitted to an opening of the log. */
    private record Appends(BatchLog log, BatchSerializer serializer, Ledger<List<String>> ledger) {
        void append(String name, int count, int bytes) {
            submit(name, count, bytes).join();
            ledger.acknowledged();
        }

        CompletableFuture<SequenceRange> submit(String name, int count, int bytes) {
            Entry[] batch = IntStream.range(0, count)
                    .mapToObj(i -> Entry.vector(name + i, i, 0.5f).withPayload(payload(bytes)))
                    .toArray(Entry[]::new);
            List<String> ids = Stream.of(batch).map(Entry::id).toList();
            ledger.submitted(
                    state -> Stream.concat(state.stream(), ids.stream()).toList());
            return log.append(serializer.encode(List.of(batch), 1));
        }
    }

    /** No sector of it is zero, as a lost one would be. */
    private static byte[] payload(int bytes) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, (byte) 7);
        return payload;
    }

    /** Runs the commits in the calling thread: at once, or when several batches wait and so share one. */
    private static final class Turns implements Executor {
        private final Deque<Runnable> held = new ArrayDeque<>();
        private boolean holding;

        void hold() {
            holding = true;
        }

        void go() {
            holding = false;
            while (!held.isEmpty()) {
                held.poll().run();
            }
        }

        @Override
        public void execute(Runnable commit) {
            if (holding) {
                held.add(commit);
            } else {
                commit.run();
            }
        }
    }
}
