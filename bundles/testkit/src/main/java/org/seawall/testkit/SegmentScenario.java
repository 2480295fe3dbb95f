package org.seawall.testkit;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.seawall.SeawallException;
import org.seawall.spi.strategy.WriteStrategy;

/** Groups of one and two batches, forced at once or later, rolls between them, and after a failure another attempt of everything, as a log might. */
record SegmentScenario(WriteStrategy strategy) implements Scenario<List<String>> {
    @Override
    public List<String> nothing() {
        return List.of();
    }

    @Override
    public void run(Storage storage, Ledger<List<String>> ledger) throws IOException {
        SegmentLog log = new SegmentLog(strategy, storage);
        try {
            commit(log, ledger, "a");
            commit(log, ledger, "b", "c");
            log.roll();
            commit(log, ledger, "d");
            log.roll();
            log.roll();
            commit(log, ledger, "e");
            log.roll();
            ledger.acknowledged();
            write(log, ledger, "f");
            write(log, ledger, "g", "h");
            log.sync();
            ledger.acknowledged();
            write(log, ledger, "i");
            log.roll();
            ledger.acknowledged();
            write(log, ledger, "j");
            write(log, ledger, "k");
        } catch (IOException | SeawallException e) {
            insist(log, ledger, e);
            throw e;
        }
    }

    /** A store that failed is poisoned: whatever it still acknowledges has to be there. */
    private static void insist(SegmentLog log, Ledger<List<String>> ledger, Exception failure) {
        try {
            commit(log, ledger, "y");
            log.roll();
            commit(log, ledger, "z");
        } catch (IOException | SeawallException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void recover(Storage storage, Ledger<List<String>> ledger) throws IOException {
        SegmentLog log = new SegmentLog(strategy, storage);
        List<String> recovered = log.recover();
        ledger.recovered(recovered);
        commit(log, ledger, "r" + recovered.size());
        log.roll();
        commit(log, ledger, "s" + recovered.size());
    }

    private static void commit(SegmentLog log, Ledger<List<String>> ledger, String... batches) throws IOException {
        submitted(ledger, batches);
        log.commit(batches);
        ledger.acknowledged();
    }

    private static void write(SegmentLog log, Ledger<List<String>> ledger, String... batches) throws IOException {
        submitted(ledger, batches);
        log.write(batches);
        ledger.written();
    }

    private static void submitted(Ledger<List<String>> ledger, String... batches) {
        for (String batch : batches) {
            ledger.submitted(
                    state -> Stream.concat(state.stream(), Stream.of(batch)).toList());
        }
    }
}
