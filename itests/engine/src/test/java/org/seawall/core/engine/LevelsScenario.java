package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * Appends at all levels, so that several groups are written and not forced when the power goes. A loss of power may take what
 * is acknowledged below {@code DURABLE} and was not seen, the death of the process alone nothing that was written.
 *
 * @param strategy writes
 * @param visibility from when on readers see
 */
record LevelsScenario(WriteStrategy strategy, Visibility visibility) implements Scenario<List<String>> {
    private static LogLayout layout(Storage storage) {
        return LogLayout.collection("c1", storage.directory(), Logs.FOUNDED);
    }

    /** Commits in the calling thread, so that operations have one order. */
    private Session session(Storage storage, HeldTime time) {
        Clock clock = Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC);
        Backend backend = new Backend(storage.files(), strategy, Logs.AVRO, List.of(Logs.AVRO), clock);
        EngineSettings settings = new EngineSettings(6_000, 0, 1 << 20, 1, 1_000, visibility, Retention.DEFAULT);
        return new Session(backend, settings, Runnable::run, "test").with(time);
    }

    @Override
    public List<String> nothing() {
        return List.of();
    }

    @Override
    public void run(Storage storage, Ledger<List<String>> ledger) throws IOException {
        HeldTime time = new HeldTime();
        try (BatchLog log = BatchLog.create(session(storage, time), layout(storage))) {
            Appends appends = new Appends(log, ledger, visibility);
            try {
                write(appends, time);
            } catch (SeawallException | CompletionException e) {
                insist(appends, e);
                throw e;
            }
        }
        ledger.acknowledged();
    }

    private static void write(Appends appends, HeldTime time) {
        appends.written(Acknowledgement.PERIODIC, "a", 2, 300);
        appends.written(Acknowledgement.PERIODIC, "b", 1, 700);
        appends.written(Acknowledgement.PERIODIC, "c", 3, 900);
        appends.written(Acknowledgement.OS, "d", 1, 10);
        appends.written(Acknowledgement.PERIODIC, "e", 1, 600);
        appends.written(Acknowledgement.PERIODIC, "f", 2, 300);
        appends.durable("g", 1, 10);
        appends.written(Acknowledgement.PERIODIC, "h", 1, 600);
        appends.written(Acknowledgement.PERIODIC, "i", 2, 300);
        appends.log().roll();
        appends.ledger().acknowledged();
        appends.written(Acknowledgement.PERIODIC, "j", 1, 1_000);
        appends.log().snapshot();
        appends.ledger().acknowledged();
        appends.written(Acknowledgement.PERIODIC, "k", 1, 600);
        appends.written(Acknowledgement.PERIODIC, "l", 1, 100);
        time.pass(1_000);
        // nobody waits for the force of a timer, so nobody is told if it fails
        if (appends.log().failure().isEmpty()) {
            appends.ledger().acknowledged();
        }
        appends.written(Acknowledgement.MEMORY, "m", 1, 100);
        // over the length of a segment, so that one is sealed with what is not forced
        for (String name : List.of("n", "o", "p", "q")) {
            appends.written(Acknowledgement.PERIODIC, name, 2, 900);
        }
    }

    /** Whatever is acknowledged after a failure has to be there too. */
    private static void insist(Appends appends, RuntimeException failure) {
        try {
            appends.written(Acknowledgement.PERIODIC, "y", 1, 10);
            appends.durable("z", 1, 10);
        } catch (SeawallException | CompletionException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void recover(Storage storage, Ledger<List<String>> ledger) throws IOException {
        try (BatchLog log = opened(session(storage, new HeldTime()), storage)) {
            ledger.recovered(Logs.ids(log));
            Appends appends = new Appends(log, ledger, visibility);
            appends.written(Acknowledgement.PERIODIC, "r" + log.memtable().lastSequence(), 1, 700);
            appends.written(Acknowledgement.PERIODIC, "s" + log.memtable().lastSequence(), 1, 700);
        }
        ledger.acknowledged();
    }

    /** A log whose creation did not come to its end is created again: nobody had heard of it. */
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
    private record Appends(BatchLog log, Ledger<List<String>> ledger, Visibility visibility) {
        void written(Acknowledgement level, String name, int count, int bytes) {
            append(level, name, count, bytes);
            ledger.written();
            List<String> seen = Logs.ids(log);
            if (visibility == Visibility.DURABLE) {
                ledger.seen(seen);
            } else {
                assertEquals(name + (count - 1), seen.get(seen.size() - 1), "written, and not seen");
            }
        }

        void durable(String name, int count, int bytes) {
            append(Acknowledgement.DURABLE, name, count, bytes);
            ledger.acknowledged();
        }

        private void append(Acknowledgement level, String name, int count, int bytes) {
            Entry[] batch = IntStream.range(0, count)
                    .mapToObj(i -> Entry.vector(name + i, i, 0.5f).withPayload(payload(bytes)))
                    .toArray(Entry[]::new);
            List<String> ids = Stream.of(batch).map(Entry::id).toList();
            ledger.submitted(
                    state -> Stream.concat(state.stream(), ids.stream()).toList());
            log.append(Logs.AVRO.encode(List.of(batch), 1), level)
                    .acknowledged()
                    .join();
        }

        /** No sector of it is zero, as a lost one would be. */
        private static byte[] payload(int bytes) {
            byte[] payload = new byte[bytes];
            Arrays.fill(payload, (byte) 7);
            return payload;
        }
    }
}
