package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.inspection.LogPlace;

/** {@code wal:verify}, {@code wal:repair} and {@code wal:copy}. */
class InspectionCommandsTest {
    private final GogoShell shell = new GogoShell();
    private final MemoryInspector inspector = new MemoryInspector(shell.log);

    @BeforeEach
    void fill() {
        shell.logs.addInspector(inspector);
        shell.logs.addPlace("default", LogPlace.of("mem:default"));
        shell.good(
                "wal:create points --dimension 2; wal:append points a --vector 1,2; wal:append points b --vector 1,3");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void verifyPrintsALineForEachCollectionAndFailsWhereOneIsDamaged() {
        assertEquals("""
                COLLECTION  VERDICT   FILES   BYTES  BATCHES  ENTRIES  SEQUENCE
                catalog     complete      1  1.0 kB        0        0         0
                points      complete      1  1.0 kB        2        2         2
                """, shell.good("wal:verify"));
        inspector.damage("points");
        assertEquals(
                "wal:verify: not in order, verdict=corrupt, files=1, collection=points",
                shell.bad("wal:verify points"));
        assertTrue(
                shell.out()
                        .endsWith(
                                "points: active 1, corrupt: batch checksum mismatch, expected=1, actual=2, offset=7, file=points.avro\n"),
                shell.out());
    }

    @Test
    void verifyGivesJsonWithEveryFileAndFailsNevertheless() {
        inspector.damage("points");
        shell.bad("wal:verify --json");
        assertTrue(shell.out().startsWith("{\"verdict\":\"corrupt\",\"millis\":3,\"catalog\":{\"name\":\"catalog\""));
        assertTrue(shell.out().contains("\"kind\":\"active\",\"number\":1,\"verdict\":\"corrupt\""), shell.out());
        assertEquals(1, shell.out().lines().count());
    }

    @Test
    void filesAreNamedByALogOrAUrlButNotByBoth() {
        assertEquals("wal:verify: either --log or --url", shell.bad("wal:verify --log default --url mem:x"));
        assertEquals("wal:verify: --catalog and --objects go with --url", shell.bad("wal:verify --catalog mem:x"));
        assertTrue(shell.bad("wal:verify --log other").startsWith("wal:verify: no such log, log=other"));
        assertTrue(shell.bad("wal:verify none").startsWith("wal:verify: collection not found, name=none"));
        shell.good("wal:verify --url mem:x --all");
    }

    @Test
    void repairSaysWhatIsLeftAndWhatItGaveUp() {
        assertEquals("nothing to repair\n", shell.good("wal:repair"));
        inspector.damage("points");
        assertEquals(
                "wal:repair: not all is in order, left=1: points: damaged, --truncate gives up all",
                shell.bad("wal:repair points"));
        assertTrue(shell.good("wal:repair --truncate --dry-run")
                .startsWith("points: would truncate, given up: 2 batches"));
        assertTrue(shell.good("wal:repair --truncate --json").contains("\"entries\":3,\"firstSequence\":5"));
        assertEquals("nothing to repair\n", shell.good("wal:repair"));
    }

    @Test
    void aLogIsCopiedAndACollectionIsAppendedToAnother() {
        assertEquals(
                "copied 1 collections, 4 files (1 were there), 2.0 kB, 9 entries, read back and equal, url=mem:x\n",
                shell.good("wal:copy --to mem:x"));
        assertEquals(
                "copied 2 batches, 2 entries, read back and equal, collection=again\n",
                shell.good("wal:copy --collection points --into default --as again"));
        assertEquals(
                List.of("a", "b"),
                shell.log.entries("again").stream()
                        .map(logged -> logged.entry().id())
                        .toList());
        assertTrue(shell.bad("wal:copy --collection points --into default")
                .startsWith("wal:copy: collection exists, name=points"));
        assertTrue(shell.bad("wal:copy --into default").startsWith("wal:copy: --into needs --collection"));
        assertTrue(shell.bad("wal:copy --to mem:x --as y").startsWith("wal:copy: --collection, --as and"));
    }

    @Test
    void aCollectionIsRestoredIntoANewOneAndInPlace() {
        shell.good("wal:delete points a; wal:append points c --vector 5,5; wal:append points b --vector 9,9");
        assertEquals(
                "restored points-2 as it was at sequence 2: 2 puts, 0 deletes\n",
                shell.good("wal:restore points --to-sequence 2"));
        assertEquals(2, shell.log.entries("points-2").size());
        assertEquals(
                "would restore points as it was at sequence 2: 2 puts, 1 deletes\n",
                shell.good("wal:restore points --to-sequence 2 --in-place --dry-run"));
        assertEquals(5, shell.log.entries("points").size());
        assertTrue(shell.good("wal:restore points --to-sequence 2 --in-place --json")
                .contains("\"deletes\":1"));
        assertEquals(
                "restored points as it was at sequence 2: 0 puts, 0 deletes\n",
                shell.good("wal:restore points --to-sequence 2 --in-place"));
        assertEquals(8, shell.log.entries("points").size());
        assertTrue(shell.bad("wal:restore points --to-time yesterday").startsWith("wal:restore: not a moment"));
        assertTrue(shell.bad("wal:restore points").startsWith("wal:restore: Error: Missing required argument"));
    }

    @Test
    void historyAndCompact() {
        shell.good("wal:append points a --vector 7,7");
        assertEquals(2, shell.good("wal:history points a").lines().count());
        assertTrue(shell.bad("wal:history points z").startsWith("wal:history: not found, id=z"));
        assertTrue(shell.good("wal:compact points").startsWith("compacted up to sequence "));
    }
}
