package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.batch;
import static org.seawall.core.engine.Logs.ids;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.Entry;
import org.seawall.SeawallException;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/**
 * The process ends before or after every single change of the storage, in turn. What was acknowledged is recovered, in
 * order, whole batches, and nothing that was not submitted.
 */
class EveryStepTest {
    enum When {
        BEFORE,
        AFTER
    }

    /** The same with another serializer is another class. */
    Logs logs(Path home) {
        return new Logs(home);
    }

    @TempDir
    Path directory;

    /** Stands for the end of the process: nothing is changed after it. */
    private static final class Stop implements HookedFileSystem.Hook {
        private final int step;
        private final When when;
        private final AtomicInteger steps = new AtomicInteger();

        private Stop(int step, When when) {
            this.step = step;
            this.when = when;
        }

        @Override
        public void before(String change) throws IOException {
            if (steps.incrementAndGet() > step || (when == When.BEFORE && steps.get() == step)) {
                throw new IOException("stopped before " + change);
            }
        }

        @Override
        public void after(String change) throws IOException {
            if (steps.get() == step) {
                throw new IOException("stopped after " + change);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void ofAppendRollAndSnapshot(When when) throws Exception {
        int steps = enumerate(new AppendStrategy(), when, "append-" + when);
        assertTrue(steps > 40, () -> "steps=" + steps);
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void ofAppendAndSnapshotWithASegmentPerCommit(When when) throws Exception {
        int steps = enumerate(new ObjectStrategy(), when, "object-" + when);
        assertTrue(steps > 10, () -> "steps=" + steps);
    }

    @Test
    void theScenarioItselfRuns() throws Exception {
        List<Entry> acknowledged = new ArrayList<>();
        try (Logs logs = logs(directory)) {
            scenario(logs, logs.session(Logs.files(), Logs.SETTINGS), acknowledged);
        }
        assertEquals(12, acknowledged.size());
    }

    private int enumerate(WriteStrategy strategy, When when, String name) throws Exception {
        for (int step = 1; ; step++) {
            Path home = directory.resolve(name + step);
            Stop stop = new Stop(step, when);
            List<Entry> acknowledged = new ArrayList<>();
            try (Logs logs = logs(home)) {
                boolean created = run(logs, strategy, stop, acknowledged);
                if (created) {
                    verify(logs, strategy, acknowledged, when + " step " + step);
                }
            }
            if (stop.steps.get() < step) {
                return step - 1;
            }
        }
    }

    private boolean run(Logs logs, WriteStrategy strategy, Stop stop, List<Entry> acknowledged) {
        Session session = logs.session(new HookedFileSystem(Logs.files(), stop), strategy, Logs.SETTINGS);
        try {
            scenario(logs, session, acknowledged);
            return true;
        } catch (IOException e) {
            return false; // the log was not created
        } catch (SeawallException | CompletionException e) {
            return true; // as intended
        }
    }

    /** What is done until the process ends, by default with one opening of the log. */
    void scenario(Logs logs, Session session, List<Entry> acknowledged) throws IOException {
        BatchSerializer serializer = session.backend().serializer();
        try (BatchLog log = BatchLog.create(session, logs.layout())) {
            append(serializer, log, acknowledged, batch(1, 2));
            append(serializer, log, acknowledged, batch(2, 1));
            log.roll();
            append(serializer, log, acknowledged, batch(3, 2));
            log.snapshot();
            append(serializer, log, acknowledged, batch(4, 2));
            log.roll();
            append(serializer, log, acknowledged, batch(5, 1));
            append(serializer, log, acknowledged, batch(6, 3));
            log.snapshot();
            append(serializer, log, acknowledged, batch(7, 1));
        }
    }

    static void append(BatchSerializer serializer, BatchLog log, List<Entry> acknowledged, Entry... batch) {
        log.append(serializer.encode(List.of(batch), 1)).join();
        acknowledged.addAll(Arrays.asList(batch));
    }

    private static void verify(Logs logs, WriteStrategy strategy, List<Entry> acknowledged, String at) {
        Session session = logs.session(Logs.files(), strategy, Logs.SETTINGS);
        List<String> submitted =
                ids(batch(1, 2), batch(2, 1), batch(3, 2), batch(4, 2), batch(5, 1), batch(6, 3), batch(7, 1));
        List<Integer> batchEnds = List.of(0, 2, 3, 5, 7, 8, 11, 12);
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            List<String> recovered = ids(log);
            assertTrue(recovered.size() >= acknowledged.size(), at + ": acknowledged entries lost, " + recovered);
            assertEquals(submitted.subList(0, recovered.size()), recovered, at);
            assertTrue(batchEnds.contains(recovered.size()), at + ": a part of a batch, " + recovered);
            long next = log.append(logs.serializer.encode(List.of(Entry.vector("next", 1)), 1))
                    .join()
                    .first();
            assertEquals(recovered.size() + 1, next, at);
        }
        try (BatchLog log = Logs.opened(BatchLog.open(session, logs.layout()))) {
            List<String> again = ids(log);
            assertEquals("next", again.get(again.size() - 1), at);
        }
    }
}
