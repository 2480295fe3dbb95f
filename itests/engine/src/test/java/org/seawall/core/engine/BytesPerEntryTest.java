package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.Entry;
import org.seawall.core.memtable.Keep;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Memtable;
import org.seawall.core.memtable.Rebuild;
import org.seawall.spi.serializer.BatchSerializer;

/** What an entry takes in memory beside its encoded bytes, as the heap says. */
class BytesPerEntryTest {
    /** The index of ids is about as full as it gets; just after it doubled an entry takes 18 bytes more. */
    private static final int ENTRIES = 340_000;

    static Stream<BatchSerializer> serializers() {
        return Stream.of(Logs.AVRO, Logs.PROTOBUF);
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void besideItsEncoding(BatchSerializer serializer, TestReporter reporter) {
        measure(serializer, 100, true); // the classes and the collector are warm then
        List<String> figures = new ArrayList<>();
        for (int size : new int[] {1, 10, 100, 1_000}) {
            double appended = measure(serializer, size, false);
            double cleaned = measure(serializer, size, true);
            figures.add(String.format("batches of %d: %.0f, after a snapshot %.0f", size, appended, cleaned));
            assertTrue(cleaned <= 60, figures::toString);
            assertTrue(appended <= (size == 1 ? 250 : 60), figures::toString);
        }
        String line = "bytes per entry beside its encoding, " + serializer.format() + ": " + String.join("; ", figures);
        reporter.publishEntry(line);
        System.out.println(line);
    }

    private static double measure(BatchSerializer serializer, int size, boolean cleaned) {
        long before = heap();
        Memtable memtable = filled(serializer, size);
        if (cleaned) {
            Keep keep = new Keep(1, memtable.lastSequence(), 1, 1);
            Rebuild rebuild = memtable.rebuild(keep);
            KeptContent.of(memtable.kept(keep), serializer).addTo(rebuild);
            memtable.swap(rebuild);
        }
        long used = heap() - before;
        return (double) (used - encoded(memtable)) / ENTRIES;
    }

    private static Memtable filled(BatchSerializer serializer, int size) {
        Memtable memtable = new Memtable();
        for (int i = 0; i < ENTRIES; i += size) {
            List<Entry> entries = new ArrayList<>();
            for (int k = i; k < i + size; k++) {
                entries.add(Entry.vector("vector-" + k, k, 1, 2, 3));
            }
            memtable.add(i + 1L, serializer.encode(entries, 1));
        }
        return memtable;
    }

    private static long encoded(Memtable memtable) {
        long bytes = 0;
        LiveCursor live = memtable.live(1);
        while (live.next()) {
            bytes += live.batch().entryBytes(live.index());
        }
        return bytes;
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
