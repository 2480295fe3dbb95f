package org.seawall.viper.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.sink.Sinks.A;
import static org.seawall.viper.sink.Sinks.entry;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushStore;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;
import org.seawall.viper.manifest.ManifestLog;

/** A crash and a failure at every operation of a sink: what it says is flushed is what it holds, once, and a batch that is repeated changes nothing. */
class SinkCrashTest {
    private static final long NOW = 1_000;
    private static final Supplier<Storage> DISK =
            () -> new Storage(MemoryFileSystem.disk(), Location.parse("memory:/disk/viper"));
    private static final Supplier<Storage> OBJECTS = () -> new Storage(
            new MemoryFileSystem(
                    EnumSet.of(
                            Capability.CREATE_EXCLUSIVE,
                            Capability.CONDITIONAL_REPLACE,
                            Capability.STRONG_LIST,
                            Capability.RANGE_READ),
                    0),
            Location.parse("memory:/bucket/viper"));

    @Test
    void aCrashAtEveryStepOnADisk() {
        assertTrue(new Crashes(DISK, 4).steps(new FlushScenario(Sinks.LAZY)) > 200);
    }

    @Test
    void aCrashAtEveryStepOnAnObjectStore() {
        assertTrue(new Crashes(OBJECTS, 2).steps(new FlushScenario(Sinks.LAZY)) > 40);
    }

    @Test
    void aFailureOfEveryStepOnADisk() {
        assertTrue(new Crashes(DISK, 2).failures(new FlushScenario(Sinks.LAZY)) > 100);
    }

    @Test
    void aCrashAtAnyStepWhileTheSinkCompactsAndCollects() {
        assertTrue(new Crashes(DISK, 4).steps(new FlushScenario(Sinks.EAGER)) > 200);
    }

    /** The state is the living ids with their sequences, and under an empty id the flushed sequence. */
    private record FlushScenario(SinkSettings settings) implements Scenario<TreeMap<String, Long>> {
        @Override
        public TreeMap<String, Long> nothing() {
            return new TreeMap<>();
        }

        @Override
        public void run(Storage storage, Ledger<TreeMap<String, Long>> ledger) throws IOException {
            try (VectorSink sink = Sinks.on(storage, settings)) {
                FlushStore store = sink.open(A, 1, 0);
                flush(store, ledger, MemoryBatch.of(0, List.of(entry("a", 1), entry("b", 2), entry("c", 3))));
                flush(store, ledger, MemoryBatch.of(3, List.of(entry("b", 4), entry("d", 5)), "a"));
                flush(store, ledger, MemoryBatch.of(6, List.of(withoutVector("e"), entry("f", 8)), "x", "c"));
                flush(store, ledger, MemoryBatch.of(10, List.of(), "f"));
                assertEquals(Optional.of(new LoggedEntry(4, entry("b", 4))), store.get("b", NOW));
                assertEquals(Optional.empty(), store.get("a", NOW));
                store.close();
            }
        }

        private static Entry withoutVector(String id) {
            return Entry.payload(id, new byte[] {1}).withTimestamp(Instant.ofEpochMilli(7));
        }

        private static void flush(FlushStore store, Ledger<TreeMap<String, Long>> ledger, MemoryBatch batch)
                throws IOException {
            ledger.submitted(before -> {
                TreeMap<String, Long> after = new TreeMap<>(before);
                batch.deleted().forEach(after::remove);
                batch.puts().forEach(put -> after.put(put.entry().id(), put.sequence()));
                after.put("", batch.upTo());
                return after;
            });
            assertEquals(batch.upTo(), store.flush(batch));
            ledger.acknowledged();
            assertEquals(batch.upTo(), store.flush(batch), "again");
            assertEquals(batch.upTo(), store.flushed());
        }

        @Override
        public void recover(Storage storage, Ledger<TreeMap<String, Long>> ledger) throws IOException {
            try (VectorSink sink = Sinks.on(storage, settings)) {
                FlushStore store = sink.open(A, 2 + newestEpoch(storage), 0);
                TreeMap<String, Long> state = Sinks.content(sink, A, NOW);
                if (store.flushed() > 0) {
                    state.put("", store.flushed());
                }
                ledger.recovered(state);
                flush(store, ledger, MemoryBatch.of(store.flushed(), List.of(entry("r", 9)), "b"));
            }
        }

        private static long newestEpoch(Storage storage) throws IOException {
            Location directory = storage.directory().child(A.id().toString());
            return new ManifestLog(storage.files(), directory.child("manifests"))
                    .newest()
                    .map(manifest -> manifest.epoch())
                    .orElse(0L);
        }
    }
}
