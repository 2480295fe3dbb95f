package org.seawall.core.catalog;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.testkit.Ledger;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * A log changes its catalog, moves it while it is open, and changes it again; what fails is undone, or brought to its end where
 * that is decided. Who starts again finds one place or the other configured, and changes the catalog too. A state is the
 * collections with their owners.
 *
 * @param kinds what the storages can do
 * @param restart what is configured and remembered afterwards
 */
record CatalogMoveScenario(TwoPlaces.Kinds kinds, Restart restart) implements Scenario<SortedMap<String, String>> {

    /** How the log is configured when it starts again, and where it remembers its catalog to have been. */
    enum Restart {
        /** The configuration was changed, and nothing has happened yet but perhaps steps of the move. */
        NEW_PLACE,
        /** The configuration was set back; the process that moved did not come to remember the new place. */
        OLD_PLACE,
        /** The configuration was set back behind the move. */
        OLD_PLACE_BEHIND_THE_MOVE
    }

    /** A storage whose old place holds a catalog with changes behind its snapshot. */
    Storage storage() {
        Storage storage = TwoPlaces.empty();
        TwoPlaces places = new TwoPlaces(storage, kinds);
        try (StoredCatalog catalog = places.start(places.old(), places.old())) {
            catalog.create(CollectionSpec.payloads("one"));
            catalog.create(CollectionSpec.payloads("two"));
            catalog.update("one", spec -> spec.withOwner("me"));
            catalog.update("two", spec -> spec.withOwner("me"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return storage;
    }

    @Override
    public SortedMap<String, String> nothing() {
        SortedMap<String, String> state = new TreeMap<>();
        state.put("one", "me");
        state.put("two", "me");
        return state;
    }

    @Override
    public void run(Storage storage, Ledger<SortedMap<String, String>> ledger) throws Exception {
        TwoPlaces places = new TwoPlaces(storage, kinds);
        try (StoredCatalog catalog = places.start(places.old(), places.old())) {
            owner(catalog, ledger, "one", "before");
            CatalogMove move = new CatalogMove(places.old(), places.next());
            move.claim(catalog.lastSequence());
            catalog.leave("moves");
            boolean moved = moved(move);
            catalog.goOn(moved ? places.next() : places.old());
            owner(catalog, ledger, "two", "behind");
            if (moved) {
                move.release();
            }
            owner(catalog, ledger, "one", "released");
        }
    }

    static boolean moved(CatalogMove move) throws IOException {
        try {
            move.bring();
            return true;
        } catch (IOException | SeawallException e) {
            boolean undone = move.undo();
            if (!undone) {
                move.bring();
            }
            return !undone;
        }
    }

    @Override
    public void recover(Storage storage, Ledger<SortedMap<String, String>> ledger) throws Exception {
        TwoPlaces places = new TwoPlaces(storage, kinds);
        try (StoredCatalog catalog = started(places)) {
            ledger.recovered(TwoPlaces.owners(catalog));
            owner(catalog, ledger, "one", "again" + catalog.lastSequence());
        }
    }

    private StoredCatalog started(TwoPlaces places) throws IOException {
        return switch (restart) {
            case NEW_PLACE -> places.start(places.next(), places.old());
            case OLD_PLACE -> startedInOld(places);
            case OLD_PLACE_BEHIND_THE_MOVE -> places.start(places.old(), places.next());
        };
    }

    /** Who does not know that the catalog has moved is told, and is told where to. */
    private static StoredCatalog startedInOld(TwoPlaces places) throws IOException {
        try {
            return places.start(places.old(), places.old());
        } catch (CatalogMovedException e) {
            if (!e.to().equals(places.next().root())) {
                throw new AssertionError("moved to a place that nobody named, place=" + e.to(), e);
            }
            return places.start(places.next(), places.old());
        }
    }

    private static void owner(
            StoredCatalog catalog, Ledger<SortedMap<String, String>> ledger, String name, String owner) {
        ledger.submitted(old -> {
            SortedMap<String, String> state = new TreeMap<>(old);
            state.put(name, owner);
            return state;
        });
        try {
            catalog.update(name, spec -> spec.withOwner(owner));
        } catch (SeawallException | CompletionException e) {
            ledger.failed();
            throw e;
        }
        ledger.acknowledged();
    }
}
