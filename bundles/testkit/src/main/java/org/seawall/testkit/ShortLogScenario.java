package org.seawall.testkit;

import java.util.List;
import java.util.SortedMap;

/** The short form of {@link LogScenario}, for what is tried many times. */
record ShortLogScenario(LogScenario scenario) implements Scenario<SortedMap<String, List<String>>> {
    @Override
    public SortedMap<String, List<String>> nothing() {
        return scenario.nothing();
    }

    @Override
    public void run(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        try (RunningLog running = scenario.opener().open(storage)) {
            LogScenario.Notes notes = new LogScenario.Notes(running.log(), ledger);
            notes.create("one");
            notes.append("one", "a", "b");
            running.log().snapshot("one");
            notes.append("one", "c");
            notes.drop("one");
        }
    }

    @Override
    public void recover(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        scenario.recover(storage, ledger);
    }
}
