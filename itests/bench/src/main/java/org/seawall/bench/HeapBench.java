package org.seawall.bench;

import java.nio.file.Path;
import java.util.List;
import org.seawall.Entry;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.BenchLog;

/** What an entry takes in memory beyond its encoded bytes: live heap with and without so many entries. */
final class HeapBench {
    private static final List<Cell> CELLS =
            List.of(Cell.parse("W1b100w1"), Cell.parse("W1b10w1"), Cell.parse("W1b1w1"), Cell.parse("W2b100w1"));
    private static final int ENTRIES = 50_000;
    private static final double BEYOND = 60;

    private final Options options;

    HeapBench(Options options) {
        this.options = options;
    }

    List<Table> run() throws Exception {
        Table table = new Table("Heap per entry in memory", "cell", "encoded bytes", "bytes beyond them");
        for (Cell cell : CELLS) {
            double encoded = SeawallSubject.batchBytes(Work.of(cell, cell.batch())) / (double) cell.batch();
            double beyond = heapPerEntry(cell) - encoded;
            table.add(cell.toString(), Spread.text(encoded), Table.atMost(new Spread(beyond, beyond, beyond), BEYOND));
        }
        return List.of(table);
    }

    private double heapPerEntry(Cell cell) throws Exception {
        Path directory = Directories.empty(options.directory());
        float[] vector = Work.vectors(cell.dimension())[0];
        try (BenchLog log = BenchLog.open(directory, BenchLog.files())) {
            log.log()
                    .catalog()
                    .create(CollectionSpec.vectors(SeawallSubject.COLLECTION, cell.dimension(), Metric.COSINE));
            append(log, cell, vector, 0);
            long before = liveHeap();
            for (int first = cell.batch(); first < ENTRIES; first += cell.batch()) {
                append(log, cell, vector, first);
            }
            return (liveHeap() - before) / (double) (ENTRIES - cell.batch());
        } finally {
            Directories.delete(directory);
        }
    }

    private static void append(BenchLog log, Cell cell, float[] vector, int first) {
        Entry[] entries = new Entry[cell.batch()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Work.entry(first + i, vector);
        }
        log.log().append(SeawallSubject.COLLECTION, List.of(entries)).join();
    }

    private static long liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
