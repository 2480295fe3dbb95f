package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.core.inspection.LogCopier;
import org.seawall.core.inspection.StoredLog;
import org.seawall.core.inspection.StoredLog.Directory;
import org.seawall.inspection.InspectionProgress;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/** The power goes at every step of a copy: the source is as it was, and the target is whole or refused. */
class CopyCrashTest {
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 20);
    private static final Limits LIMITS = new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000);
    private static final int SEEDS = 4;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atEveryStepTheSourceStaysAndTheTargetIsWholeOrRefused(boolean overOlder) {
        Rig rig = new Rig(overOlder);
        long states = new Crashes(rig::source, SEEDS).steps(rig);
        System.out.println("copy" + (overOlder ? " over an older one" : "") + ", crash states: " + states
                + ", target refused=" + rig.refused + ", whole=" + rig.whole + ", nothing=" + rig.nothing);
        assertTrue(rig.refused > 20 && rig.whole > 0, "nothing was told apart");
    }

    /** Makes a log, and perhaps an older copy of it, copies it and looks at what is there. */
    private static final class Rig implements Scenario<List<String>> {
        private final boolean overOlder;
        private Map<String, byte[]> before = Map.of();
        private List<String> older = List.of();
        private List<String> newest = List.of();
        private int refused;
        private int whole;
        private int nothing;

        Rig(boolean overOlder) {
            this.overOlder = overOlder;
        }

        private static Location from(Storage storage) {
            return storage.directory().child("source");
        }

        private static Location to(Storage storage) {
            return storage.directory().child("target");
        }

        Storage source() {
            Storage storage = Storage.inMemory();
            try {
                try (OpenLog log = opened(storage.files(), from(storage))) {
                    log.catalog().create(CollectionSpec.payloads("a"));
                    append(log, "a1");
                    log.roll("a");
                    append(log, "a2");
                    older = ids(log);
                }
                if (overOlder) {
                    copy(storage);
                    try (OpenLog log = opened(storage.files(), from(storage))) {
                        log.snapshot("a");
                        append(log, "a3");
                    }
                }
                try (OpenLog log = opened(storage.files(), from(storage))) {
                    newest = ids(log);
                }
                before = content(storage.files(), from(storage));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return storage;
        }

        private static void append(OpenLog log, String id) {
            log.append("a", List.of(Entry.payload(id, id.getBytes(StandardCharsets.UTF_8))))
                    .join();
        }

        private static OpenLog opened(FileSystem files, Location root) throws IOException {
            LogSettings settings = new LogSettings(
                    "test",
                    new StorageSettings(List.of(root.toString()), root.child("catalog"), StorageSettings.AUTO, 1, 4),
                    SERIALIZER.format(),
                    CollectionSettings.of(Map.of(Setting.SNAPSHOT_BYTES, 0L)),
                    LIMITS,
                    new RecoverySettings(1, 0, 0, 10_000));
            Binding binding = Binding.ofOne(files, new AppendStrategy(), new ObjectStrategy(), SERIALIZER);
            return OpenLog.open(settings, binding);
        }

        private static StoredLog stored(FileSystem files, Location root) {
            return new StoredLog(
                    List.of(new Directory(files, root)),
                    new Directory(files, root.child("catalog")),
                    false,
                    List.of(SERIALIZER),
                    Clock.systemUTC());
        }

        private static void copy(Storage storage) throws IOException {
            FileSystem files = storage.files();
            new LogCopier(stored(files, from(storage)), stored(files, to(storage)), InspectionProgress.NONE).copy();
        }

        private static List<String> ids(OpenLog log) {
            List<String> ids = new ArrayList<>();
            try (LogReader reader = log.read("a", 1)) {
                for (var next = reader.poll(); next.isPresent(); next = reader.poll()) {
                    ids.add(next.get().entry().id());
                }
            }
            return ids;
        }

        private static Map<String, byte[]> content(FileSystem files, Location directory) throws IOException {
            Map<String, byte[]> content = new TreeMap<>();
            for (FileInfo info : files.list(directory)) {
                if (info.directory()) {
                    content.putAll(content(files, info.location()));
                } else {
                    try (FileInput input = files.open(info.location())) {
                        byte[] bytes = new byte[(int) input.size()];
                        input.read(0, ByteBuffer.wrap(bytes));
                        content.put(info.location().toString(), bytes);
                    }
                }
            }
            return content;
        }

        @Override
        public List<String> nothing() {
            return newest;
        }

        @Override
        public void run(Storage storage, Ledger<List<String>> ledger) throws IOException {
            copy(storage);
        }

        @Override
        public void recover(Storage storage, Ledger<List<String>> ledger) throws IOException {
            Map<String, byte[]> after = content(storage.files(), from(storage));
            assertEquals(before.keySet(), after.keySet());
            before.forEach((file, bytes) -> assertArrayEquals(bytes, after.get(file), file));
            look(storage);
            copy(storage);
            try (OpenLog log = opened(storage.files(), to(storage))) {
                ledger.recovered(ids(log));
            }
        }

        /** Before anything of the copy is there, nothing tells the target from a new directory. */
        private void look(Storage storage) throws IOException {
            Map<String, byte[]> target = content(storage.files(), to(storage));
            if (target.keySet().stream().noneMatch(file -> file.endsWith("wal.copied"))) {
                assertTrue(target.keySet().stream().noneMatch(file -> file.endsWith(".avro")), target::toString);
                nothing++;
                return;
            }
            try (OpenLog log = opened(storage.files(), to(storage))) {
                List<String> there = ids(log);
                assertTrue(there.equals(newest) || there.equals(older) && overOlder, there::toString);
                whole++;
            } catch (LogUnavailableException e) {
                assertTrue(e.getMessage().contains("copy of a log is not finished"), e.getMessage());
                refused++;
            }
        }
    }
}
