package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.seawall.SeawallException;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/** Four groups in flight, which arrive in an order of their own, with others behind them, before and behind a snapshot. */
record FlightScenario(List<Integer> order) implements Scenario<List<String>> {
    @Override
    public List<String> nothing() {
        return List.of();
    }

    @Override
    public void run(Storage storage, Ledger<List<String>> ledger) throws IOException {
        ObjectLogs logs = ObjectLogs.on(storage, new CommitWindow(order.size(), 0));
        BatchLog log = BatchLog.create(logs.session(), logs.layout());
        Told told = new Told(ledger);
        try (log) {
            inFlight(logs, log, told, "a", "b", "c", "d", "e", "f");
            log.snapshot();
            inFlight(logs, log, told, "g", "h", "i", "j");
        } catch (SeawallException | CompletionException e) {
            goOn(logs, log, ledger, e);
            throw e;
        } finally {
            told.requireOrder();
        }
    }

    private void inFlight(ObjectLogs logs, BatchLog log, Told told, String... ids) {
        logs.creations().hold();
        List<CompletableFuture<?>> all = new ArrayList<>();
        try {
            for (String id : ids) {
                told.submitted(id);
                all.add(ObjectLogs.append(log, id).thenRun(() -> told.acknowledged(id)));
            }
            List<Integer> places = new ArrayList<>(order);
            while (!places.isEmpty() && logs.creations().waiting() > 0) {
                int place = places.remove(0);
                logs.creations().make(Math.min(place, logs.creations().waiting() - 1));
            }
        } finally {
            logs.creations().release();
        }
        all.forEach(CompletableFuture::join);
    }

    /** The same process opens the log again, with what is left of the failure around it. */
    private static void goOn(ObjectLogs logs, BatchLog failed, Ledger<List<String>> ledger, RuntimeException failure) {
        try {
            failed.close();
            try (BatchLog log = Logs.opened(BatchLog.openAfterFailure(logs.session(), failed))) {
                ledger.recovered(Logs.ids(log));
                Told told = new Told(ledger, Logs.ids(log));
                for (String id : List.of("x", "y", "z")) {
                    told.submitted(id);
                    ObjectLogs.append(log, id).join();
                    told.acknowledged(id);
                }
                log.snapshot();
                told.requireOrder();
            }
        } catch (SeawallException | CompletionException | AssertionError e) {
            // after the process has ended it cannot be opened; what was lost shows when it is recovered
            failure.addSuppressed(e);
        }
    }

    @Override
    public void recover(Storage storage, Ledger<List<String>> ledger) throws IOException {
        ObjectLogs logs = ObjectLogs.on(storage, CommitWindow.DEFAULT);
        Opening opening = BatchLog.open(logs.session(), logs.layout());
        if (opening instanceof Opening.Refused refused) {
            throw new IOException("refused, " + refused.report(), refused.cause());
        }
        try (BatchLog log = ((Opening.Opened) opening).log()) {
            ledger.recovered(Logs.ids(log));
            Told told = new Told(ledger, Logs.ids(log));
            long seen = log.memtable().lastSequence();
            for (String id : List.of("r" + seen, "s" + seen)) {
                told.submitted(id);
                ObjectLogs.append(log, id).join();
                told.acknowledged(id);
                log.snapshot();
            }
            told.requireOrder();
        }
    }

    /** What is told to clients, in its order. */
    private static final class Told {
        private final Ledger<List<String>> ledger;
        private final List<String> acknowledged = new ArrayList<>();
        private final List<AssertionError> wrong = new ArrayList<>();

        private Told(Ledger<List<String>> ledger) {
            this(ledger, List.of());
        }

        private Told(Ledger<List<String>> ledger, List<String> before) {
            this.ledger = ledger;
            this.acknowledged.addAll(before);
        }

        private void submitted(String id) {
            ledger.submitted(
                    state -> Stream.concat(state.stream(), Stream.of(id)).toList());
        }

        private void acknowledged(String id) {
            acknowledged.add(id);
            try {
                ledger.seen(List.copyOf(acknowledged));
            } catch (AssertionError e) {
                wrong.add(e);
            }
        }

        private void requireOrder() {
            if (!wrong.isEmpty()) {
                throw wrong.get(0);
            }
        }
    }
}
