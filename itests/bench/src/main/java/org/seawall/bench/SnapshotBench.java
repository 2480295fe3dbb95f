package org.seawall.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Load;
import org.seawall.bench.harness.Slice;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;

/** What 64 writers see of a snapshot: their acknowledgements before and while it is taken, in slices by turns. */
final class SnapshotBench {
    private static final List<Cell> CELLS = List.of(Cell.parse("W1b1w64"), Cell.parse("W1b10w64"));
    private static final int ENTRIES_BEFORE = 60_000;

    private final Options options;

    SnapshotBench(Options options) {
        this.options = options;
    }

    List<Table> run() throws Exception {
        Table table = new Table(
                "Acknowledgements while a snapshot is taken, µs",
                "cell",
                "p99 before",
                "p99 during",
                "p99 during ÷ before",
                "batches/s during ÷ before",
                "snapshots/s");
        for (Cell cell : CELLS) {
            double[][] figures = new double[5][options.rounds()];
            for (int round = 0; round < options.rounds(); round++) {
                round(cell, figures, round);
            }
            table.add(
                    cell.toString(),
                    Spread.of(DoubleStream.of(figures[0])).toString(),
                    Spread.of(DoubleStream.of(figures[1])).toString(),
                    Spread.ratio(figures[1], figures[0]).toString(),
                    Spread.ratio(figures[3], figures[2]).toString(),
                    Spread.of(DoubleStream.of(figures[4])).toString());
        }
        return List.of(table);
    }

    private void round(Cell cell, double[][] figures, int round) throws Exception {
        Path directory = Directories.empty(options.directory());
        SeawallSubject subject = new SeawallSubject();
        subject.open(directory, cell);
        try (subject) {
            subject.fill(ENTRIES_BEFORE / cell.batch());
            Slice before = new Load(subject, cell).run(options.seconds());
            int[] snapshots = {0};
            Slice during = new Load(subject, cell).run(() -> {
                long end = System.nanoTime() + (long) (options.seconds() * 1e9);
                do {
                    subject.log().log().snapshot(SeawallSubject.COLLECTION);
                    snapshots[0]++;
                } while (System.nanoTime() < end);
            });
            figures[0][round] = before.micros(0.99);
            figures[1][round] = during.micros(0.99);
            figures[2][round] = before.rate();
            figures[3][round] = during.rate();
            figures[4][round] = snapshots[0] / during.seconds();
        } finally {
            Directories.delete(directory);
        }
    }
}
