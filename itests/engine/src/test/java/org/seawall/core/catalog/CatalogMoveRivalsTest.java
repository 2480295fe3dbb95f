package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.TwoPlaces.Kinds;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.OperationHook;
import org.seawall.testkit.Storage;

/**
 * While one process moves a catalog that several use, on storages without locks, another does something to it: before each
 * operation of the first in turn, reads included. Whatever one of them was told is done is there in the end, in one place.
 */
class CatalogMoveRivalsTest {
    /** What the other process does, all at once, where the first stands still. */
    enum Rival {
        /** It has had the catalog open in the old place since before, knows nothing, and changes it. */
        CHANGES_THE_OLD_ONE {
            @Override
            void act(Other other) {
                other.create(other.inOld);
            }
        },
        /** It changes it so often that it takes snapshots. */
        CHANGES_THE_OLD_ONE_OFTEN {
            @Override
            void act(Other other) {
                for (int i = 0; i < 5; i++) {
                    other.create(other.inOld);
                }
            }
        },
        /** It has had the new place open since before as an empty catalog, and changes that. */
        CHANGES_THE_NEW_ONE {
            @Override
            void act(Other other) {
                other.create(other.inNext);
            }
        },
        /** It is configured with the new place too, moves the catalog, and goes on. */
        MOVES_TOO {
            @Override
            void act(Other other) {
                other.startAndChange(other.places.next(), other.places.old());
            }
        },
        /** It starts with the old place configured, which undoes a move that is not decided. */
        STARTS_IN_THE_OLD_PLACE {
            @Override
            void act(Other other) {
                other.startAndChange(other.places.old(), other.places.old());
            }
        },
        /** It moves the catalog there and back. */
        MOVES_THERE_AND_BACK {
            @Override
            void act(Other other) {
                other.startAndChange(other.places.next(), other.places.old());
                other.startAndChange(other.places.old(), other.places.next());
            }
        },
        /** It moves the catalog there, back, and there again. */
        MOVES_THREE_TIMES {
            @Override
            void act(Other other) {
                MOVES_THERE_AND_BACK.act(other);
                other.startAndChange(other.places.next(), other.places.old());
            }
        };

        abstract void act(Other other);
    }

    /** The other process, and what it was told is done. */
    private static final class Other {
        private final TwoPlaces places;
        private final StoredCatalog inOld;
        private final StoredCatalog inNext;
        private final Set<String> done = new TreeSet<>();
        private final List<String> refused = new ArrayList<>();
        private int created;

        Other(TwoPlaces places) throws IOException {
            this.places = places;
            this.inOld = places.start(places.old(), places.old());
            this.inNext = places.start(places.next(), places.next());
        }

        void create(StoredCatalog catalog) {
            String name = "other" + created++;
            try {
                catalog.create(CollectionSpec.payloads(name));
                done.add(name);
            } catch (SeawallException e) {
                refused.add(name + ": " + e.getMessage());
            }
        }

        /** A process of its own, which comes and goes. */
        void startAndChange(CatalogPlace configured, CatalogPlace remembered) {
            try (StoredCatalog catalog = places.start(configured, remembered)) {
                create(catalog);
            } catch (IOException | SeawallException e) {
                refused.add(configured.root().name() + ": " + e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Rival.class)
    void whatWasToldToBeDoneIsThereInTheEnd(Rival rival) throws Exception {
        long runs = 0;
        int done = 0;
        int refused = 0;
        for (int operation = 1; ; operation++) {
            Storage storage =
                    new CatalogMoveScenario(Kinds.OBJECTS_TO_OBJECTS, CatalogMoveScenario.Restart.NEW_PLACE).storage();
            Other other = new Other(new TwoPlaces(storage, Kinds.OBJECTS_TO_OBJECTS));
            Set<String> mine = new TreeSet<>();
            boolean reached = moveWith(storage, operation, mine, () -> rival.act(other));
            assertAllThere(other, mine, rival + " before operation " + operation);
            runs++;
            done += other.done.size();
            refused += other.refused.size();
            if (!reached) {
                break;
            }
        }
        System.out.println("move of a catalog beside one who " + rival + ": runs=" + runs + ", done by him=" + done
                + ", refused=" + refused);
        assertTrue(done > 0 && runs > 50, "nothing was tried");
    }

    /** The first process, whose storage stands still once; false if it came to its end before that. */
    private static boolean moveWith(Storage storage, int operation, Set<String> mine, Runnable act) {
        AtomicInteger operations = new AtomicInteger(Integer.MIN_VALUE);
        FaultyFileSystem files = new FaultyFileSystem(storage.files(), 0);
        files.hook(new OperationHook() {
            @Override
            public void before(String name) {
                if (operations.incrementAndGet() == operation) {
                    act.run();
                }
            }
        });
        TwoPlaces places = new TwoPlaces(storage.through(files), Kinds.OBJECTS_TO_OBJECTS);
        try (StoredCatalog catalog = places.start(places.old(), places.old())) {
            operations.set(0);
            move(catalog, places, mine);
        } catch (IOException | SeawallException e) {
            // the process gives up and ends, as one that is told to by its configuration
            return operations.get() >= operation;
        }
        return operations.get() >= operation;
    }

    private static void move(StoredCatalog catalog, TwoPlaces places, Set<String> mine) throws IOException {
        create(catalog, mine, "before");
        CatalogMove move = new CatalogMove(places.old(), places.next());
        move.claim(catalog.lastSequence());
        catalog.leave("moves");
        boolean moved = CatalogMoveScenario.moved(move);
        catalog.goOn(moved ? places.next() : places.old());
        create(catalog, mine, "behind");
        if (moved) {
            move.release();
        }
        create(catalog, mine, "released");
    }

    private static void create(StoredCatalog catalog, Set<String> mine, String name) {
        catalog.create(CollectionSpec.payloads(name));
        mine.add(name);
    }

    private static void assertAllThere(Other other, Set<String> mine, String when) throws IOException {
        Set<String> there = new TreeSet<>();
        int live = 0;
        for (CatalogPlace place : List.of(other.places.old(), other.places.next())) {
            try (StoredCatalog catalog = StoredCatalog.read(other.places.session(place))) {
                Set<String> names = TwoPlaces.owners(catalog).keySet();
                there.addAll(names);
                live += names.contains("one") ? 1 : 0;
            } catch (LogUnavailableException e) {
                assertTrue(
                        e.getMessage().contains("moved") || e.getMessage().contains("rest of a move"),
                        () -> when + ": " + e.getMessage());
            }
        }
        Set<String> expected = new TreeSet<>(mine);
        expected.addAll(other.done);
        expected.addAll(Set.of("one", "two"));
        expected.removeAll(there);
        assertEquals(Set.of(), expected, () -> "lost, " + when + ", refused=" + other.refused);
        assertEquals(1, live, () -> "the catalog is in more than one place, " + when);
    }
}
