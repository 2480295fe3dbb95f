package org.seawall.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seawall.Entry;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;

/** Creates, fills, rolls, snapshots, compacts, changes and drops collections. A state is what is in each of them, and its owner. */
record LogScenario(LogTrial.Opener opener) implements Scenario<SortedMap<String, List<String>>> {
    @Override
    public SortedMap<String, List<String>> nothing() {
        return new TreeMap<>();
    }

    @Override
    public void run(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        try (RunningLog running = opener.open(storage)) {
            Notes notes = new Notes(running.log(), ledger);
            try {
                notes.create("one");
                notes.append("one", "a", "b");
                notes.create("two");
                notes.append("two", "c");
                running.log().roll("one");
                notes.append("one", "d");
                running.log().snapshot("one");
                notes.append("one", "e");
                running.log().compact("one");
                notes.owner("two", "me");
                notes.drop("one");
                notes.create("one");
                notes.append("one", "f");
                notes.drop("two");
            } catch (Exception e) {
                insist(notes, e);
                throw e;
            }
        }
    }

    /** What is acknowledged after a failure has to be there too. */
    private static void insist(Notes notes, Exception failure) {
        try {
            notes.append("one", "y");
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        try {
            notes.create("three");
            notes.append("three", "z");
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void recover(Storage storage, Ledger<SortedMap<String, List<String>>> ledger) throws Exception {
        try (RunningLog running = opener.open(storage)) {
            ledger.recovered(read(running.log()));
            Notes notes = new Notes(running.log(), ledger);
            String name = "r" + running.log().catalog().list().size();
            notes.create(name);
            notes.append(name, "g");
            running.log().snapshot(name);
            notes.append(name, "h");
        }
    }

    static SortedMap<String, List<String>> read(WriteAheadLog log) {
        SortedMap<String, List<String>> state = new TreeMap<>();
        for (CollectionInfo info : log.catalog().list()) {
            List<String> ids = new ArrayList<>();
            ids.add("owner=" + info.spec().owner());
            LogTrial.all(log, info.name())
                    .forEach(logged -> ids.add(logged.entry().id()));
            state.put(info.name(), ids);
        }
        return state;
    }

    /** Changes a log and writes it down. What fails may or may not take place, and the others go on. */
    record Notes(WriteAheadLog log, Ledger<SortedMap<String, List<String>>> ledger) {
        private interface Change {
            void make() throws Exception;
        }

        private void noted(Consumer<SortedMap<String, List<String>>> effect, Change change) throws Exception {
            ledger.submitted(old -> {
                SortedMap<String, List<String>> state = new TreeMap<>();
                old.forEach((name, ids) -> state.put(name, new ArrayList<>(ids)));
                effect.accept(state);
                return state;
            });
            boolean acknowledged = false;
            try {
                change.make();
                acknowledged = true;
            } finally {
                if (acknowledged) {
                    ledger.acknowledged();
                } else {
                    ledger.failed();
                }
            }
        }

        void create(String name) throws Exception {
            noted(
                    state -> state.put(name, new ArrayList<>(List.of("owner="))),
                    () -> log.catalog().create(CollectionSpec.payloads(name)));
        }

        void drop(String name) throws Exception {
            noted(state -> state.remove(name), () -> log.catalog().drop(name));
        }

        void owner(String name, String owner) throws Exception {
            noted(
                    state -> state.getOrDefault(name, new ArrayList<>(List.of("")))
                            .set(0, "owner=" + owner),
                    () -> log.catalog().update(name, spec -> spec.withOwner(owner)));
        }

        void append(String name, String... ids) throws Exception {
            noted(
                    state -> state.getOrDefault(name, new ArrayList<>()).addAll(List.of(ids)),
                    () -> LogTrial.acknowledged(
                            log.append(name, Stream.of(ids).map(Notes::entry).toList())));
        }

        /** Longer than a sector, and without a zero in it. */
        private static Entry entry(String id) {
            byte[] payload = new byte[600];
            Arrays.fill(payload, (byte) 7);
            return Entry.payload(id, payload).withMetadata(Map.of("id", id));
        }
    }
}
