package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seawall.LogCorruptException;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.TwoPlaces.Kinds;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Inspection;
import org.seawall.core.engine.LogFiles;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.Capability;

/** What a move of a catalog refuses, and what the places say meanwhile and afterwards. */
class CatalogMoveTest {
    private final TwoPlaces places = new TwoPlaces(TwoPlaces.empty(), Kinds.OBJECTS_TO_OBJECTS);

    private void create(CatalogPlace place, String... names) throws IOException {
        try (StoredCatalog catalog = places.start(place, place)) {
            for (String name : names) {
                catalog.create(CollectionSpec.payloads(name));
            }
        }
    }

    private static CatalogMove moved(CatalogPlace from, CatalogPlace to) throws IOException {
        CatalogMove move = new CatalogMove(from, to);
        move.claim();
        move.bring();
        return move;
    }

    private Set<String> names(CatalogPlace place) throws IOException {
        try (StoredCatalog catalog = places.start(place, place)) {
            return TwoPlaces.owners(catalog).keySet();
        }
    }

    private static CatalogFiles files(CatalogPlace place) throws IOException {
        LogFiles files = new LogFiles(place.files(), place.session().backend().readers(), place.layout());
        return CatalogFiles.read(
                files, Inspection.of(true, InspectionProgress.NONE).whenSettled());
    }

    @Test
    void thePlaceThatAnotherCatalogWentFromIsNotTakenForOurOwn() throws Exception {
        create(places.next(), "x1", "x2", "x3", "x4", "x5", "x6", "x7");
        moved(places.next(), places.third()).release();
        create(places.old(), "y");
        CatalogMove move = new CatalogMove(places.old(), places.next());
        move.claim();
        IOException refused = assertThrows(IOException.class, move::bring);
        assertTrue(refused.getMessage().contains("does not end where the catalog does"), refused::getMessage);
        assertTrue(move.undo());
        assertEquals(Set.of("y"), names(places.old()));
        assertEquals(7, names(places.third()).size());
    }

    @Test
    void theRestOfAnotherMoveIsNotTakenForOurOwn() throws Exception {
        create(places.third(), "x1", "x2", "x3");
        CatalogMove given = new CatalogMove(places.third(), places.next());
        given.claim();
        assertTrue(given.undo());
        create(places.old(), "y");
        assertThrows(CatalogMove.OtherCatalogException.class, new CatalogMove(places.old(), places.next())::claim);
        LogUnavailableException rest = assertThrows(LogUnavailableException.class, () -> names(places.next()));
        assertTrue(rest.getMessage().contains("rest of a move"), rest::getMessage);
        moved(places.third(), places.next());
        assertEquals(3, names(places.next()).size());
    }

    @Test
    void aPlaceThatWaitsForItsReleaseTakesNoOther() throws Exception {
        create(places.third(), "x");
        moved(places.third(), places.next());
        create(places.old(), "y");
        LogUnavailableException refused =
                assertThrows(LogUnavailableException.class, new CatalogMove(places.old(), places.next())::claim);
        assertTrue(refused.getMessage().contains("another move"), refused::getMessage);
    }

    @Test
    void itIsNotMovedFromWhereItIsNot() throws Exception {
        create(places.old(), "a");
        CatalogMove move = new CatalogMove(places.old(), places.next());
        move.claim();
        places.storage().files().deleteTree(places.old().root());
        LogUnavailableException refused = assertThrows(LogUnavailableException.class, move::bring);
        assertTrue(refused.getMessage().contains("mounted"), refused::getMessage);
    }

    @Test
    void whatWasMovedAndIsLostThereIsNotMovedAgain() throws Exception {
        create(places.old(), "a");
        moved(places.old(), places.next()).release();
        create(places.next(), "b");
        places.storage().files().deleteTree(places.next().root());
        LogUnavailableException refused =
                assertThrows(LogUnavailableException.class, new CatalogMove(places.old(), places.next())::claim);
        assertTrue(refused.getMessage().contains("mounted"), refused::getMessage);
    }

    @Test
    void onceDecidedItIsNotUndone() throws Exception {
        create(places.old(), "a");
        CatalogMove move = moved(places.old(), places.next());
        assertFalse(move.undo());
        assertEquals(Set.of("a"), names(places.next()));
        CatalogMovedException moved = assertThrows(CatalogMovedException.class, () -> names(places.old()));
        assertEquals(places.next().root(), moved.to());
    }

    @Test
    void aStartInTheOldPlaceUndoesItAndTheNewPlaceSaysSo() throws Exception {
        create(places.old(), "a");
        new CatalogMove(places.old(), places.next()).claim();
        try (BatchLog old = places.old().open()) {
            MoveRecord leaving =
                    new MoveRecord(MoveRecord.State.LEAVING, places.next().root());
            Backend backend = places.old().session().backend();
            old.append(backend.serializer().encode(List.of(leaving.entry()), 1)).join();
        }
        assertEquals(Set.of("a"), names(places.old()));
        MoveMark.Mark mark = places.next().mark().read().orElseThrow().mark();
        assertEquals(MoveMark.State.UNDONE, mark.state());
        create(places.old(), "b");
        moved(places.old(), places.next());
        assertEquals(Set.of("a", "b"), names(places.next()));
    }

    @Test
    void aMarkThatIsNoneIsRefused() throws Exception {
        create(places.old(), "a");
        places.storage()
                .files()
                .create(places.next().mark().file(), List.of(ByteBuffer.wrap("state WHAT\n".getBytes("UTF-8"))));
        IOException refused = assertThrows(IOException.class, new CatalogMove(places.old(), places.next())::claim);
        assertTrue(refused.getMessage().contains("catalog.move"), refused::getMessage);
    }

    @Test
    void aFileSystemThatCannotReplaceIsRefusedBeforeAnythingIsDone() throws Exception {
        create(places.old(), "a");
        Set<Capability> less = EnumSet.copyOf(Unlocked.OBJECTS);
        less.remove(Capability.CONDITIONAL_REPLACE);
        CatalogPlace limited = places.place("limited", less);
        LogUnavailableException refused =
                assertThrows(LogUnavailableException.class, new CatalogMove(places.old(), limited)::claim);
        assertTrue(refused.getMessage().contains("missing=CONDITIONAL_REPLACE"), refused::getMessage);
        assertEquals(Set.of("a"), names(places.old()));
    }

    @Test
    void whoKnowsOfNoMovesRefusesACatalogThatLeft() {
        MoveRecord gone = new MoveRecord(MoveRecord.State.GONE, places.next().root());
        assertThrows(LogCorruptException.class, () -> CollectionRecord.of(new LoggedEntry(1, gone.entry())));
        assertEquals(gone, MoveRecord.of(new LoggedEntry(1, gone.entry())));
    }

    @Test
    void aVerificationFindsNoDamageAndSaysWhereTheCatalogIs() throws Exception {
        create(places.old(), "a");
        moved(places.old(), places.next());
        CatalogFiles there = files(places.next());
        assertEquals(Verdict.COMPLETE, there.inspected().verdict());
        assertEquals("", there.move());
        assertEquals(1, there.collections().size());
        CatalogFiles gone = files(places.old());
        assertEquals(Verdict.COMPLETE, gone.inspected().verdict());
        assertEquals("", gone.detail());
        assertTrue(gone.move().contains(places.next().root().toString()), gone::move);
    }
}
