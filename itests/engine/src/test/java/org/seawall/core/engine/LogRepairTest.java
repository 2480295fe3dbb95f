package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.SequenceRange;
import org.seawall.inspection.Repair.Step;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/** After a repair the log is in order and opens with all that stands before the damage, also if it was cut off at any step. */
class LogRepairTest {
    private static final Instant NOW = Instant.parse("2025-07-01T00:00:00Z");

    /** What is done to a log of three sealed segments and an active one, of two batches each, with the entries 1 to 12. */
    enum Damage {
        TORN_TAIL(false, 11) {
            @Override
            void damage(Files files) throws IOException {
                byte[] content = files.read(files.active());
                int end = content.length;
                while (content[end - 1] == 0) {
                    end--;
                }
                files.write(files.active(), Arrays.copyOf(content, end - 20));
            }
        },
        ACTIVE_BATCH(false, 9) {
            @Override
            void damage(Files files) throws IOException {
                files.flip(files.active(), "b8-1");
            }
        },
        ACTIVE_HEADER(false, 9) {
            @Override
            void damage(Files files) throws IOException {
                files.write(files.active(), new byte[100]);
            }
        },
        ACTIVE_MISSING(false, 9) {
            @Override
            void damage(Files files) throws IOException {
                files.delete(files.active());
            }
        },
        SEALED_BATCH(false, 5) {
            @Override
            void damage(Files files) throws IOException {
                files.flip(files.sealed(1), "b5-0");
            }
        },
        SEALED_HEADER(false, 3) {
            @Override
            void damage(Files files) throws IOException {
                files.write(files.sealed(1), new byte[0]);
            }
        },
        SEALED_MISSING(false, 3) {
            @Override
            void damage(Files files) throws IOException {
                files.delete(files.sealed(1));
            }
        },
        FIRST_MISSING(false, 0) {
            @Override
            void damage(Files files) throws IOException {
                files.delete(files.sealed(0));
            }
        },
        OBJECT(true, 3) {
            @Override
            void damage(Files files) throws IOException {
                files.flip(files.sealed(2), "b4-1");
            }
        },
        OBJECT_MISSING(true, 3) {
            @Override
            void damage(Files files) throws IOException {
                files.delete(files.sealed(2));
            }
        };

        final boolean perCommit;
        final int kept;

        Damage(boolean perCommit, int kept) {
            this.perCommit = perCommit;
            this.kept = kept;
        }

        abstract void damage(Files files) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void whatStandsBeforeTheDamageIsKeptAndCopiesOfTheRest(Damage damage) throws Exception {
        try (Rig rig = new Rig(damage)) {
            Storage storage = rig.damaged();
            Files files = rig.files(storage);
            assertTrue(rig.inspect(storage).verdict() != Verdict.COMPLETE);
            Optional<FileInfo> active = files.find(files.layout.segments().active());
            List<byte[]> before = new ArrayList<>();
            if (active.isPresent()) {
                before.add(files.read(active.get()));
            }
            Step step = rig.repair(storage).orElseThrow();
            int givenUp = 12 - damage.kept;
            assertTrue(step.entries() <= givenUp, step::toString);
            if (step.entries() > 0) {
                assertEquals(damage.kept + 1, step.firstSequence(), step::toString);
            }
            assertEquals(Verdict.COMPLETE, rig.inspect(storage).verdict(), () -> rig.look(storage));
            try (BatchLog log = rig.open(storage)) {
                assertEquals(damage.kept, Logs.ids(log).size());
                SequenceRange next = log.append(Logs.AVRO.encode(List.of(Logs.batch(50, 1)), 1))
                        .join();
                assertEquals(damage.kept + 1, next.first());
            }
            for (byte[] content : before) {
                assertTrue(
                        files.all(Location.parse(step.copies())).stream()
                                .anyMatch(copy -> Arrays.equals(copy, content)),
                        "no copy of the active segment");
            }
            assertEquals(Optional.empty(), rig.repair(storage), "a second repair has nothing to do");
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void cutOffAtAnyStepItIsDoneAgainAndComesToTheSame(Damage damage, TestReporter reporter) {
        try (Rig rig = new Rig(damage)) {
            long states = new Crashes(rig::damaged, 4).steps(rig);
            reporter.publishEntry("crash states", Long.toString(states));
            System.out.println("repair of " + damage + ", crash states: " + states);
            assertTrue(states > 20, () -> "states=" + states);
        }
    }

    /** Makes a damaged log, repairs it, and opens it. */
    private static final class Rig implements Scenario<List<String>>, AutoCloseable {
        private final Damage damage;
        private final WriteStrategy strategy;

        Rig(Damage damage) {
            this.damage = damage;
            this.strategy = damage.perCommit ? new ObjectStrategy() : new AppendStrategy();
        }

        Storage damaged() {
            Storage storage = Storage.inMemory();
            try (BatchLog log = BatchLog.create(session(storage), layout(storage))) {
                for (int i = 1; i <= 4; i++) {
                    log.append(Logs.AVRO.encode(List.of(Logs.batch(2 * i, 2)), 1))
                            .join();
                    log.append(Logs.AVRO.encode(List.of(Logs.batch(2 * i + 1, 1)), 1))
                            .join();
                    if (i < 4) {
                        log.roll();
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            try {
                damage.damage(files(storage));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return storage;
        }

        private Session session(Storage storage) {
            Backend backend = new Backend(
                    storage.files(), strategy, Logs.AVRO, List.of(Logs.AVRO, Logs.PROTOBUF), Clock.systemUTC());
            return new Session(backend, Logs.SETTINGS, Runnable::run, "test");
        }

        private static LogLayout layout(Storage storage) {
            return LogLayout.collection("c1", storage.directory(), Logs.FOUNDED);
        }

        Files files(Storage storage) {
            return new Files(storage.files(), layout(storage));
        }

        private LogFiles logFiles(Storage storage) {
            return new LogFiles(storage.files(), List.of(Logs.AVRO, Logs.PROTOBUF), layout(storage));
        }

        Inspected inspect(Storage storage) {
            Inspection inspection = new Inspection(damage.perCommit, true, true, (done, total, file) -> {});
            try {
                return new LogInspection(logFiles(storage), inspection).run(() -> BatchSink.NONE);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        String look(Storage storage) {
            return inspect(storage).findings().toString();
        }

        Optional<Step> repair(Storage storage) throws IOException {
            Inspected found = inspect(storage);
            LogRepair repair = new LogRepair(logFiles(storage), damage.perCommit, NOW);
            Optional<Step> torn = repair.tornTail("c1", found);
            if (torn.isPresent()) {
                repair.cutTornTail(found);
                return torn;
            }
            Optional<Step> truncation = repair.truncation("c1", found);
            if (truncation.isPresent()) {
                repair.truncate(found);
            }
            return truncation;
        }

        BatchLog open(Storage storage) {
            return Logs.opened(BatchLog.open(session(storage), layout(storage)));
        }

        private List<String> kept() {
            List<String> ids = Logs.ids(
                    Logs.batch(2, 2),
                    Logs.batch(3, 1),
                    Logs.batch(4, 2),
                    Logs.batch(5, 1),
                    Logs.batch(6, 2),
                    Logs.batch(7, 1),
                    Logs.batch(8, 2),
                    Logs.batch(9, 1));
            return ids.subList(0, damage.kept);
        }

        @Override
        public List<String> nothing() {
            return kept();
        }

        @Override
        public void run(Storage storage, Ledger<List<String>> ledger) throws IOException {
            repair(storage);
        }

        @Override
        public void recover(Storage storage, Ledger<List<String>> ledger) throws IOException {
            repair(storage);
            assertEquals(Verdict.COMPLETE, inspect(storage).verdict(), () -> look(storage));
            try (BatchLog log = open(storage)) {
                ledger.recovered(Logs.ids(log));
            }
        }

        @Override
        public void close() {
            // the commits have no threads
        }
    }

    /** The files of a log in memory. */
    private record Files(FileSystem storage, LogLayout layout) {
        FileInfo active() throws IOException {
            return find(layout.segments().active()).orElseThrow();
        }

        Optional<FileInfo> find(Location file) throws IOException {
            return storage.find(file);
        }

        FileInfo sealed(int index) throws IOException {
            return storage.list(layout.segments().segments()).get(index);
        }

        byte[] read(FileInfo file) throws IOException {
            byte[] content = new byte[(int) file.size()];
            try (FileInput input = storage.open(file.location())) {
                input.read(0, ByteBuffer.wrap(content));
            }
            return content;
        }

        List<byte[]> all(Location directory) throws IOException {
            List<byte[]> all = new ArrayList<>();
            for (FileInfo file : storage.list(directory)) {
                all.add(read(file));
            }
            return all;
        }

        void write(FileInfo file, byte[] content) throws IOException {
            storage.delete(file.location());
            storage.create(file.location(), List.of(ByteBuffer.wrap(content)));
        }

        void delete(FileInfo file) throws IOException {
            storage.delete(file.location());
        }

        void flip(FileInfo file, String id) throws IOException {
            byte[] content = read(file);
            int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(id);
            assertTrue(at > 0, "no entry " + id);
            content[at] ^= 1;
            write(file, content);
        }
    }
}
