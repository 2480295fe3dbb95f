package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.viper.store.Stores.NOW;
import static org.seawall.viper.store.Stores.row;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;
import org.seawall.viper.part.Row;

/**
 * A crash and a failure at every operation of flushes, compactions and collections: a flush is there whole, once, or not at all, and the
 * store goes on.
 */
class StoreCrashTest {
    private static final Supplier<Storage> OBJECTS = () -> new Storage(
            new MemoryFileSystem(
                    EnumSet.of(
                            Capability.CREATE_EXCLUSIVE,
                            Capability.CONDITIONAL_REPLACE,
                            Capability.STRONG_LIST,
                            Capability.RANGE_READ),
                    0),
            Location.parse("memory:/bucket/store"));
    private static final Supplier<Storage> DISK =
            () -> new Storage(MemoryFileSystem.disk(), Location.parse("memory:/disk/store"));

    @Test
    void aCrashAtEveryStepOnADisk() {
        assertTrue(new Crashes(DISK, 4).steps(new FlushScenario()) > 400);
    }

    @Test
    void aCrashAtEveryStepOnAnObjectStore() {
        assertTrue(new Crashes(OBJECTS, 2).steps(new FlushScenario()) > 100);
    }

    @Test
    void aFailureOfEveryStepOnADisk() {
        assertTrue(new Crashes(DISK, 2).failures(new FlushScenario()) > 250);
    }

    @Test
    void aFailureOfEveryStepOnAnObjectStore() {
        assertTrue(new Crashes(OBJECTS, 2).failures(new FlushScenario()) > 100);
    }

    @Test
    void aCrashAtEveryStepOfARecovery() {
        assertTrue(new Crashes(DISK, 1, 3).stepsOfRecovery(new FlushScenario()) > 100);
    }

    /** The state is the living ids with their sequences, and under an empty id the flushed sequence. */
    private static final class FlushScenario implements Scenario<TreeMap<String, Long>> {
        @Override
        public TreeMap<String, Long> nothing() {
            return new TreeMap<>();
        }

        @Override
        public void run(Storage storage, Ledger<TreeMap<String, Long>> ledger) throws IOException {
            try (VectorStore store = Stores.open(storage, 1, new StoreSettings(1 << 20, 1))) {
                flush(store, ledger, List.of(row("a", 1), row("b", 2), row("c", 3)), List.of(), 3);
                flush(store, ledger, List.of(row("b", 4), row("d", 5)), List.of("a"), 6);
                compact(store);
                flush(store, ledger, List.of(row("e", 7)), List.of("d"), 8);
                store.collect();
                compact(store);
                flush(store, ledger, List.of(), List.of("e"), 9);
                store.collect();
            }
        }

        private static void compact(VectorStore store) throws IOException {
            assertTrue(store.compact(
                    store.manifest().parts().stream().map(part -> part.name()).toList(), NOW));
        }

        private static void flush(
                VectorStore store,
                Ledger<TreeMap<String, Long>> ledger,
                List<Row> rows,
                List<String> deleted,
                long upTo)
                throws IOException {
            ledger.submitted(with(rows, deleted, upTo));
            assertEquals(upTo, store.flush(new RowBatch(store.flushed(), upTo, rows, deleted)));
            ledger.acknowledged();
        }

        private static UnaryOperator<TreeMap<String, Long>> with(List<Row> rows, List<String> deleted, long upTo) {
            return before -> {
                TreeMap<String, Long> after = new TreeMap<>(before);
                deleted.forEach(after::remove);
                rows.forEach(row -> after.put(row.id(), row.sequence()));
                after.put("", upTo);
                return after;
            };
        }

        @Override
        public void recover(Storage storage, Ledger<TreeMap<String, Long>> ledger) throws IOException {
            long epoch = 2 + newestEpoch(storage);
            try (VectorStore store = Stores.open(storage, epoch, new StoreSettings(1 << 20, 1))) {
                ledger.recovered(state(store));
                store.collect();
                assertEquals(referenced(store), present(storage), "no garbage is left");
                long next = store.flushed() + 1;
                flush(store, ledger, List.of(row("r" + next, next)), List.of("c"), next);
            }
        }

        private static long newestEpoch(Storage storage) throws IOException {
            return new org.seawall.viper.manifest.ManifestLog(
                            storage.files(), storage.directory().child("manifests"))
                    .newest()
                    .map(manifest -> manifest.epoch())
                    .orElse(0L);
        }

        private static TreeMap<String, Long> state(VectorStore store) throws IOException {
            TreeMap<String, Long> state = new TreeMap<>();
            try (StoreView view = store.view()) {
                view.scan(NOW, row -> assertEquals(null, state.put(row.id(), row.sequence()), "twice"));
            }
            if (store.flushed() > 0) {
                state.put("", store.flushed());
            }
            return state;
        }

        private static List<String> referenced(VectorStore store) {
            return store.manifest().files().stream().sorted().toList();
        }

        private static List<String> present(Storage storage) throws IOException {
            return storage.files().list(storage.directory().child("parts")).stream()
                    .map(FileInfo::name)
                    .toList();
        }
    }
}
