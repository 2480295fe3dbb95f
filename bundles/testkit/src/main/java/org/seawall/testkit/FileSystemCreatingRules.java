package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/** Rules F13 to F22: files that appear whole, and are replaced whole. */
interface FileSystemCreatingRules {
    Storage storage();

    private Probe creating() {
        return new Probe(storage()).needing(Capability.CREATE_EXCLUSIVE);
    }

    private Probe replacing() {
        return new Probe(storage()).needing(Capability.CONDITIONAL_REPLACE);
    }

    @Test
    default void f13_createWritesAllBuffersInTheirOrderAndConsumesThem() throws IOException {
        Probe probe = creating();
        List<ByteBuffer> content = Probe.buffers("one ", "", "two ", "three");
        FileInfo info = probe.files().create(probe.at("new", "directory", "file"), content);
        assertEquals("one two three", probe.text(probe.at("new", "directory", "file")));
        assertEquals(Optional.of(info), probe.find(probe.at("new", "directory", "file")));
        assertTrue(content.stream().noneMatch(ByteBuffer::hasRemaining), "bytes left in the buffers");
        probe.files().create(probe.at("empty"), List.of());
        assertEquals(0, probe.find(probe.at("empty")).orElseThrow().size());
    }

    @Test
    default void f14_createNeverReplaces() throws IOException {
        Probe probe = creating();
        Location file = probe.put("old", "file");
        Optional<FileInfo> before = probe.find(file);
        Probe.assertNames(
                file, FileAlreadyExistsException.class, () -> probe.files().create(file, Probe.buffers("new text")));
        assertEquals("old", probe.text(file));
        assertEquals(before, probe.find(file));
    }

    @Test
    default void f15_ofManyCreatorsOfOneNameExactlyOneSucceeds() throws Exception {
        Probe probe = creating();
        for (int round = 0; round < 10; round++) {
            Location file = probe.at("race", "file" + round);
            AtomicInteger winner = new AtomicInteger(-1);
            AtomicInteger winners = new AtomicInteger();
            Together.run(6, thread -> {
                try {
                    probe.files().create(file, Probe.buffers("writer ", thread + " ".repeat(3_000)));
                    winners.incrementAndGet();
                    winner.set(thread);
                } catch (FileAlreadyExistsException e) {
                    assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
                }
            });
            assertEquals(1, winners.get(), "creators that succeeded");
            assertEquals("writer " + winner.get() + " ".repeat(3_000), probe.text(file));
        }
    }

    @Test
    default void f16_aReaderNeverSeesAPartOfAFileThatIsCreated() throws Exception {
        Probe probe = creating();
        int size = 300_000;
        AtomicBoolean finished = new AtomicBoolean();
        Together.run(2, thread -> {
            for (int i = 0; i < 20; i++) {
                Location file = probe.at("whole", "file" + i);
                if (thread == 0) {
                    try {
                        probe.files().create(file, Probe.buffers("x".repeat(size / 2), "y".repeat(size / 2)));
                    } finally {
                        finished.set(i == 19 || probe.find(file).isEmpty());
                    }
                } else {
                    assertWholeOnceItIsThere(probe, file, size, finished);
                }
            }
        });
    }

    private static void assertWholeOnceItIsThere(Probe probe, Location file, int size, AtomicBoolean finished)
            throws IOException {
        Optional<FileInfo> seen = probe.find(file);
        while (seen.isEmpty() && !finished.get()) {
            seen = probe.find(file);
        }
        if (seen.isPresent()) {
            assertEquals(size, seen.get().size(), "size of a file while it is created");
            assertEquals(size, probe.text(file).length());
        }
    }

    @Test
    default void f17_differentFilesAreCreatedByManyThreads() throws Exception {
        Probe probe = creating();
        Together.run(4, thread -> {
            for (int i = 0; i < 10; i++) {
                probe.put(thread + "-" + i, "many", "d" + i, "file" + thread);
            }
        });
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of("file0", "file1", "file2", "file3"), probe.names(probe.at("many", "d" + i)));
            for (int thread = 0; thread < 4; thread++) {
                assertEquals(thread + "-" + i, probe.text(probe.at("many", "d" + i, "file" + thread)));
            }
        }
    }

    @Test
    default void f18_theExpectedVersionIsReplaced() throws IOException {
        Probe probe = replacing();
        Location file = probe.at("file");
        FileInfo first = probe.files().replace(file, Probe.buffers("a longer text"), Optional.empty());
        List<ByteBuffer> content = Probe.buffers("short", "er");
        FileInfo second = probe.files().replace(file, content, Optional.of(first.version()));
        assertEquals("shorter", probe.text(file));
        assertEquals(Optional.of(second), probe.find(file));
        assertTrue(content.stream().noneMatch(ByteBuffer::hasRemaining), "bytes left in the buffers");
    }

    @Test
    default void f19_anotherVersionIsLeftAlone() throws IOException {
        Probe probe = replacing();
        Location file = probe.at("file");
        FileInfo first = probe.files().replace(file, Probe.buffers("one"), Optional.empty());
        probe.files().replace(file, Probe.buffers("two"), Optional.of(first.version()));
        Probe.assertNames(
                file,
                FileAlreadyExistsException.class,
                () -> probe.files().replace(file, Probe.buffers("three"), Optional.of(first.version())));
        Probe.assertNames(
                file,
                FileAlreadyExistsException.class,
                () -> probe.files().replace(file, Probe.buffers("three"), Optional.empty()));
        assertEquals("two", probe.text(file));
    }

    @Test
    default void f20_aMissingFileHasNoVersionThatCouldBeReplaced() throws IOException {
        Probe probe = replacing();
        FileInfo other = probe.files().replace(probe.at("other"), Probe.buffers("x"), Optional.empty());
        assertThrows(
                IOException.class,
                () -> probe.files().replace(probe.at("missing"), Probe.buffers("x"), Optional.of(other.version())));
        assertEquals(Optional.empty(), probe.find(probe.at("missing")));
    }

    @Test
    default void f21_noVersionComesBack() throws IOException {
        Probe probe = replacing();
        Location file = probe.at("file");
        Set<String> versions = new HashSet<>();
        Optional<String> expected = Optional.empty();
        for (int i = 0; i < 12; i++) {
            String version = probe.files()
                    .replace(file, Probe.buffers(i % 2 == 0 ? "ping" : "pong"), expected)
                    .version();
            assertTrue(versions.add(version), () -> "a version came back: " + version);
            expected = Optional.of(version);
        }
    }

    @Test
    default void f22_ofManyReplacersOfOneVersionExactlyOneSucceeds() throws Exception {
        Probe probe = replacing();
        Location file = probe.at("file");
        AtomicInteger replaced = new AtomicInteger();
        String version = probe.files()
                .replace(file, Probe.buffers("-1"), Optional.empty())
                .version();
        Together.run(6, thread -> {
            try {
                probe.files().replace(file, Probe.buffers(Integer.toString(thread)), Optional.of(version));
                replaced.incrementAndGet();
            } catch (FileAlreadyExistsException e) {
                assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
            }
        });
        assertEquals(1, replaced.get(), "replacers that succeeded");
    }
}
