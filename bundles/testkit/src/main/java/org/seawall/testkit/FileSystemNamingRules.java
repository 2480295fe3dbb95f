package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;

/** Rules F32 to F43: names that change and go, and locks. */
interface FileSystemNamingRules {
    Storage storage();

    private Probe probe(Capability... capabilities) {
        return new Probe(storage()).needing(capabilities);
    }

    @Test
    default void f32_aRenamedFileIsUnderItsNewNameOnly() throws IOException {
        Probe probe = probe(Capability.ATOMIC_RENAME);
        Location from = probe.put("text", "a", "from");
        Location to = probe.at("new", "directory", "to");
        probe.files().rename(from, to);
        assertEquals("text", probe.text(to));
        assertEquals(Optional.empty(), probe.find(from));
        assertEquals(List.of(), probe.names(probe.at("a")));
        assertEquals(List.of("to"), probe.names(to.parent()));
    }

    @Test
    default void f33_renameNeverReplaces() throws IOException {
        Probe probe = probe(Capability.ATOMIC_RENAME);
        Location from = probe.put("from", "from");
        Location to = probe.put("to", "to");
        Probe.assertNames(
                to, FileAlreadyExistsException.class, () -> probe.files().rename(from, to));
        assertEquals("from", probe.text(from));
        assertEquals("to", probe.text(to));
    }

    @Test
    default void f34_aMissingFileIsNotRenamed() throws IOException {
        Probe probe = probe(Capability.ATOMIC_RENAME);
        Probe.assertNames(
                probe.at("missing"),
                NoSuchFileException.class,
                () -> probe.files().rename(probe.at("missing"), probe.at("to")));
        assertEquals(Optional.empty(), probe.find(probe.at("to")));
    }

    @Test
    default void f35_aFileThatIsOpenGrowsOnUnderItsNewName() throws IOException {
        Probe probe = probe(Capability.ATOMIC_RENAME, Capability.APPEND);
        try (AppendFile open = probe.files().createAppendable(probe.at("from"))) {
            open.write(Probe.bytes("one "));
            probe.files().rename(probe.at("from"), probe.at("to"));
            open.write(Probe.bytes("two"));
            probe.force(open);
        }
        assertEquals("one two", probe.grown(probe.at("to")));
        assertEquals(Optional.empty(), probe.find(probe.at("from")));
    }

    @Test
    default void f36_aDirectoryIsForcedWithWhateverWasDoneInIt() throws IOException {
        Probe probe = probe(Capability.FORCE);
        probe.put("x", "directory", "one");
        probe.files().forceDirectory(probe.at("directory"));
        probe.put("x", "directory", "two");
        probe.files().delete(probe.at("directory", "one"));
        probe.files().forceDirectory(probe.at("directory"));
        assertEquals(List.of("two"), probe.names(probe.at("directory")));
    }

    @Test
    default void f37_aDeletedFileIsGoneAndAMissingOneIsNoError() throws IOException {
        Probe probe = probe();
        Location file = probe.put("text", "directory", "file");
        probe.put("text", "directory", "file2");
        probe.files().delete(file);
        assertEquals(Optional.empty(), probe.find(file));
        assertEquals(List.of("file2"), probe.names(probe.at("directory")));
        probe.files().delete(file);
        probe.files().delete(probe.at("missing", "file"));
    }

    @Test
    default void f38_aTreeGoesWithAllThatIsInItAndNothingElse() throws IOException {
        Probe probe = probe();
        probe.put("x", "tree", "file");
        probe.put("x", "tree", "a", "b", "file");
        probe.put("x", "tree2", "file");
        probe.files().deleteTree(probe.at("tree"));
        assertEquals(Optional.empty(), probe.find(probe.at("tree", "a", "b", "file")));
        assertEquals(Optional.empty(), probe.find(probe.at("tree", "file")));
        assertEquals(List.of(), probe.names(probe.at("tree")));
        assertEquals(List.of("tree2"), probe.names(probe.root()));
    }

    @Test
    default void f39_deletingATreeMayBeRepeatedAndTheTreeMadeAgain() throws IOException {
        Probe probe = probe();
        probe.put("x", "tree", "file");
        probe.files().deleteTree(probe.at("tree"));
        probe.files().deleteTree(probe.at("tree"));
        probe.files().deleteTree(probe.at("missing", "tree"));
        assertEquals("again", probe.text(probe.put("again", "tree", "file")));
    }

    @Test
    default void f40_aLockHasOneHolderAndTheRefusalNamesIt() throws IOException {
        Probe probe = probe(Capability.LOCK);
        Location lock = probe.at("new", "directory", "log.lock");
        try (FileLock held = probe.files().lock(lock, "holder-one")) {
            assertTrue(held != null && probe.find(lock).isPresent(), "the lock's file");
            String refusal = Probe.assertNames(
                            lock, LockedException.class, () -> probe.files().lock(lock, "two"))
                    .getMessage();
            assertTrue(refusal.contains("holder-one"), refusal);
        }
    }

    @Test
    default void f41_aLockHasOneHolderAmongSeveralObjects() throws IOException {
        Probe probe = probe(Capability.LOCK);
        Probe other = probe();
        try (FileLock held = probe.files().lock(probe.at("log.lock"), "holder-one")) {
            assertTrue(held != null);
            assertThrows(LockedException.class, () -> other.files().lock(other.at("log.lock"), "two"));
            // being refused must not let the holder's lock go
            assertThrows(LockedException.class, () -> other.files().lock(other.at("log.lock"), "two"));
        }
    }

    @Test
    default void f42_aClosedLockIsFreeAndClosingItAgainLetsNobodyElsesGo() throws IOException {
        Probe probe = probe(Capability.LOCK);
        FileLock first = probe.files().lock(probe.at("log.lock"), "first");
        first.close();
        try (FileLock second = probe.files().lock(probe.at("log.lock"), "second")) {
            assertTrue(second != null);
            first.close();
            assertThrows(LockedException.class, () -> probe.files().lock(probe.at("log.lock"), "third"));
        }
    }

    @Test
    default void f43_ofManyThreadsOneGetsTheLock() throws Exception {
        Probe probe = probe(Capability.LOCK);
        for (int round = 0; round < 20; round++) {
            Location lock = probe.at("log" + round + ".lock");
            AtomicInteger holders = new AtomicInteger();
            Together.run(4, thread -> {
                try {
                    probe.files().lock(lock, "thread " + thread);
                    holders.incrementAndGet();
                } catch (LockedException e) {
                    assertTrue(e.getMessage().contains(lock.toString()), e::getMessage);
                }
            });
            assertEquals(1, holders.get(), "holders of one lock");
        }
    }
}
