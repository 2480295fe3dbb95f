package org.seawall.bench;

import org.seawall.bench.harness.Cell;

/** What durable appends are to reach beside RocksDB, by batch size and writers. */
final class Targets {
    private Targets() {}

    static double toRocksDb(Cell cell) {
        double[] targets = cell.work().equals("W2") ? new double[] {2.0, 2.2, 3.3} : ofW1(cell.batch());
        return targets[cell.writers() == 1 ? 0 : cell.writers() <= 8 ? 1 : 2];
    }

    private static double[] ofW1(int batch) {
        if (batch < 10) {
            return new double[] {2.0, 2.4, 3.5};
        }
        if (batch < 100) {
            return new double[] {3.0, 2.8, 5.5};
        }
        return batch < 1000 ? new double[] {4.0, 3.5, 5.5} : new double[] {3.5, 4.5, 7.0};
    }
}
