package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;

class CreateTest extends LocalTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFileHasAllItsContentAndNothingElseIsListed(boolean links) throws IOException {
        FileInfo info = on(new TestDisk(links)).create(at("a"), text("one ", "", "two"));
        assertEquals("one two", content(at("a")));
        assertEquals(files.find(at("a")).orElseThrow(), info);
        assertEquals(List.of("a"), listed());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTakenNameIsRefusedAndNothingChanges(boolean links) throws IOException {
        FileSystem some = on(new TestDisk(links));
        some.create(at("a"), text("old"));
        List<String> before = onDisk();
        FileAlreadyExistsException e =
                assertThrows(FileAlreadyExistsException.class, () -> some.create(at("a"), text("new")));
        assertTrue(e.getMessage().contains(at("a").toString()), e.getMessage());
        assertEquals("old", content(at("a")));
        assertEquals(before, onDisk());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyCreatorsOfOneNameExactlyOneSucceeds(boolean links) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 25; round++) {
                String name = "f" + round;
                List<Callable<String>> creators = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String words = "creator " + i;
                    // each with a file system of its own, as two bundles in one process would have
                    FileSystem own = on(new TestDisk(links));
                    creators.add(() -> {
                        own.create(at(name), text(words));
                        return words;
                    });
                }
                assertEquals(winner(threads, creators), content(at(name)));
            }
        } finally {
            threads.shutdown();
        }
    }

    /** What the only creator wrote that succeeded. */
    private static String winner(ExecutorService threads, List<Callable<String>> creators) throws InterruptedException {
        List<String> winners = new ArrayList<>();
        for (Future<String> creator : threads.invokeAll(creators)) {
            try {
                winners.add(creator.get());
            } catch (ExecutionException e) {
                assertTrue(e.getCause() instanceof FileAlreadyExistsException, e::toString);
            }
        }
        assertEquals(1, winners.size(), winners::toString);
        return winners.get(0);
    }

    @Test
    void contentIsForcedBeforeItIsNamedAndTheDirectoryAfterwards() throws IOException {
        files.create(at("a"), text("x"));
        int directoryForce = index("forceDirectory " + directory.getFileName());
        assertTrue(index("write temporary") < index("force temporary"), disk.calls::toString);
        assertTrue(index("force temporary") < index("link a"), disk.calls::toString);
        assertTrue(index("link a") < directoryForce, disk.calls::toString);
    }

    @Test
    void withoutLinksTheDirectoryIsForcedAfterTheMove() throws IOException {
        TestDisk other = new TestDisk(false);
        on(other).create(at("a"), text("x"));
        assertEquals("forceDirectory " + directory.getFileName(), other.calls.get(other.calls.size() - 1));
    }

    @Test
    void newDirectoriesAreForcedIntoTheirParentsBeforeTheFileIsNamed() throws IOException {
        files.create(at("x/y/a"), text("1"));
        assertTrue(index("forceDirectory x") < index("link a"), disk.calls::toString);
        int parent = disk.calls.indexOf("forceDirectory " + directory.getFileName());
        assertTrue(parent >= 0 && parent < index("forceDirectory x"), disk.calls::toString);
        assertTrue(index("link a") < index("forceDirectory y"), disk.calls::toString);
    }

    @Test
    void aDirectoryThatIsFoundIsForcedIntoItsParentOnce() throws IOException {
        Files.createDirectories(directory.resolve("x/y"));
        files.create(at("x/y/a"), text("1"));
        files.create(at("x/y/b"), text("1"));
        assertEquals(1, disk.calls.stream().filter("forceDirectory x"::equals).count(), disk.calls::toString);
    }

    @Test
    void aFailureBeforeTheNameIsGivenChangesNothing() throws IOException {
        for (String call : List.of("write temporary", "force temporary")) {
            disk.failing = call::equals;
            IOException e = assertThrows(IOException.class, () -> files.create(at("a"), text("x")));
            assertTrue(e.getMessage().contains(at("a").toString()), e.getMessage());
            assertEquals(List.of(), onDisk());
        }
    }

    @Test
    void aFailureAfterTheNameIsGivenIsAnUnknownOutcome() throws IOException {
        files.create(at("first"), text("x"));
        disk.failing = ("forceDirectory " + directory.getFileName())::equals;
        assertThrows(OutcomeUnknownException.class, () -> files.create(at("a"), text("x")));
    }

    @Test
    void aLinkThatFailsWhereLinksWorkIsNoReasonToMove() throws IOException {
        disk.failing = "link a"::equals;
        assertThrows(IOException.class, () -> files.create(at("a"), text("x")));
        assertEquals(List.of(), onDisk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Input/output error", "No space left on device", "Read-only file system", "Too many links"})
    void aDiskThatFailsIsNotOneWithoutLinks(String failure) throws IOException {
        disk.linkFailure = failure;
        IOException e = assertThrows(IOException.class, () -> files.create(at("a"), text("x")));
        assertTrue(causes(e).contains(failure), () -> causes(e));
        assertEquals(List.of(), onDisk());
        disk.linkFailure = "";
        files.create(at("a"), text("y"));
        assertEquals("y", content(at("a")));
    }

    @Test
    void aDiskThatFailsWhenItIsAskedAgainIsNotOneWithoutLinks() throws IOException {
        TestDisk failing = new TestDisk(false);
        failing.failing = "link temporary"::equals;
        IOException e = assertThrows(IOException.class, () -> on(failing).create(at("a"), text("x")));
        assertTrue(causes(e).contains("injected at link temporary"), () -> causes(e));
        assertEquals(List.of(), onDisk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Operation not permitted", "Operation not supported", "Function not implemented"})
    void aDiskThatSaysItHasNoLinksIsMovedOn(String reason) throws IOException {
        disk.linkFailure = reason;
        files.create(at("a"), text("x"));
        assertEquals("x", content(at("a")));
        assertThrows(FileAlreadyExistsException.class, () -> files.create(at("a"), text("y")));
    }

    @Test
    void withoutLinksAnotherCreatorIsWaitedForAndNotForever() throws IOException {
        LocalFileSystem hasty = new LocalFileSystem(0, new TestDisk(false), Duration.ZERO);
        Path lock = CreationLock.file(directory);
        FileLock held = new LockFiles(disk).take(at("lock"), lock, "the other");
        IOException e = assertThrows(IOException.class, () -> hasty.create(at("a"), text("x")));
        assertTrue(causes(e).contains("the other"), () -> causes(e));
        assertFalse(files.find(at("a")).isPresent());
        held.close();
        hasty.create(at("a"), text("x"));
        assertEquals("x", content(at("a")));
    }

    private static String causes(Throwable e) {
        return e == null ? "" : e + " <- " + causes(e.getCause());
    }

    @Test
    void temporaryFilesOfACrashAreNotListed() throws IOException {
        Files.writeString(TemporaryFile.unusedName(directory), "half");
        files.create(at("a"), text("x"));
        assertEquals(List.of("a"), listed());
    }
}
