package org.seawall.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.seawall.WriteAheadLog;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Load;
import org.seawall.bench.harness.Slice;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;

/** What 64 writers see of snapshots and compactions: their acknowledgements before and meanwhile, in slices by turns. */
final class UpkeepBench {
    private static final List<Cell> CELLS = List.of(Cell.parse("W1b1w64"), Cell.parse("W1b10w64"));
    private static final int ENTRIES_BEFORE = 60_000;

    private interface Work {
        void on(WriteAheadLog log, String collection);
    }

    private final Options options;

    UpkeepBench(Options options) {
        this.options = options;
    }

    List<Table> run() throws Exception {
        Table table = new Table(
                "Acknowledgements during snapshots and compactions, µs",
                "cell",
                "meanwhile",
                "p99 before",
                "p99 during",
                "p99 during ÷ before",
                "batches/s during ÷ before",
                "of them a second");
        for (Cell cell : CELLS) {
            add(table, cell, "snapshots", WriteAheadLog::snapshot);
            add(table, cell, "compactions", WriteAheadLog::compact);
        }
        return List.of(table);
    }

    private void add(Table table, Cell cell, String name, Work work) throws Exception {
        double[][] figures = new double[5][options.rounds()];
        for (int round = 0; round < options.rounds(); round++) {
            double[] one = round(cell, work);
            for (int i = 0; i < one.length; i++) {
                figures[i][round] = one[i];
            }
        }
        table.add(
                cell.toString(),
                name,
                Spread.of(DoubleStream.of(figures[0])).toString(),
                Spread.of(DoubleStream.of(figures[1])).toString(),
                Spread.ratio(figures[1], figures[0]).toString(),
                Spread.ratio(figures[3], figures[2]).toString(),
                Spread.of(DoubleStream.of(figures[4])).toString());
    }

    private double[] round(Cell cell, Work work) throws Exception {
        Path directory = Directories.empty(options.directory());
        SeawallSubject subject = new SeawallSubject();
        subject.open(directory, cell);
        try (subject) {
            subject.fill(ENTRIES_BEFORE / cell.batch());
            Slice before = new Load(subject, cell).run(options.seconds());
            int[] done = {0};
            Slice during = new Load(subject, cell).run(() -> {
                long end = System.nanoTime() + (long) (options.seconds() * 1e9);
                do {
                    work.on(subject.log().log(), SeawallSubject.COLLECTION);
                    done[0]++;
                } while (System.nanoTime() < end);
            });
            return new double[] {
                before.micros(0.99), during.micros(0.99), before.rate(), during.rate(), done[0] / during.seconds()
            };
        } finally {
            Directories.delete(directory);
        }
    }
}
