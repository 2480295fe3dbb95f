package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.AppendFile;

class LocalAppendFileTest extends LocalTest {

    private static final String ZEROES = "\0".repeat(RESERVE);

    private long size(String name) throws IOException {
        return Files.size(Path.of(at(name).path()));
    }

    @Test
    void buffersAreWrittenOneBehindTheOtherAndZeroesBehindThem() throws IOException {
        try (AppendFile file = files.createAppendable(at("d/a"))) {
            ByteBuffer[] data = {bytes("one "), bytes(""), bytes("two")};
            file.write(data);
            assertEquals(0, data[2].remaining());
            assertEquals(7, file.position());
            assertEquals(at("d/a"), file.location());
            assertEquals("one two" + ZEROES, content(at("d/a")));
            file.write(bytes("!"));
            assertEquals("one two!" + ZEROES.substring(1), content(at("d/a")));
        }
    }

    @Test
    void zeroesAreWrittenAgainWhenHalfOfThemIsGone() throws IOException {
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(bytes("x"));
            for (int i = 0; i < 4; i++) {
                assertEquals(1 + RESERVE, size("a"));
                file.write(ByteBuffer.allocate(RESERVE / 8));
            }
            assertEquals(1 + RESERVE, size("a"), "half of them is left");
            file.write(bytes("y"));
            assertEquals(2 + RESERVE / 2 + RESERVE, size("a"));
        }
    }

    @Test
    void largeWritesGetNoZeroes() throws IOException {
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(ByteBuffer.allocate(RESERVE / 8 + 1));
            assertEquals(RESERVE / 8 + 1, size("a"));
        }
    }

    @Test
    void withoutAReserveTheFileIsAsLongAsItsData() throws IOException {
        LocalFileSystem growing = new LocalFileSystem(0, disk, Duration.ZERO);
        try (AppendFile file = growing.createAppendable(at("a"))) {
            file.write(bytes("abc"));
            assertEquals("abc", content(at("a")));
        }
    }

    @Test
    void manyBuffersAndPartialWritesLoseNothing() throws IOException {
        disk.maxBytesPerWrite = 3;
        ByteBuffer[] data =
                IntStream.range(0, 3000).mapToObj(i -> bytes(i + ",")).toArray(ByteBuffer[]::new);
        StringBuilder expected = new StringBuilder();
        IntStream.range(0, 3000).forEach(i -> expected.append(i).append(','));
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(data);
            assertEquals(expected.length(), file.position());
        }
        assertEquals(expected.toString(), content(at("a")));
    }

    @Test
    void theSystemsGatheringWriteTakesMoreBuffersThanItsLimit() throws IOException {
        LocalFileSystem real = new LocalFileSystem(0, new SystemDisk(), Duration.ZERO);
        try (AppendFile file = real.createAppendable(at("a"))) {
            file.write(IntStream.range(0, 5000).mapToObj(i -> bytes("x")).toArray(ByteBuffer[]::new));
            file.force();
            assertEquals("x".repeat(5000), content(at("a")));
        }
    }

    @Test
    void truncateCutsTheReserveOffAndTheNextWriteGoesThere() throws IOException {
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(bytes("0123456789"));
            file.truncate(4);
            assertEquals("0123", content(at("a")));
            assertEquals(4, file.position());
            assertThrows(IllegalArgumentException.class, () -> file.truncate(5));
            file.write(bytes("x"));
            assertEquals("0123x" + ZEROES, content(at("a")));
        }
    }

    @Test
    void aFileIsGoneOnWithAtAPositionThatItHas() throws IOException {
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(bytes("abc"));
        }
        try (AppendFile file = files.openAppendable(at("a"), 3)) {
            assertEquals(3, file.position());
            file.write(bytes("def"));
        }
        assertEquals("abcdef" + ZEROES.substring(3), content(at("a")));
        IOException e = assertThrows(IOException.class, () -> files.openAppendable(at("a"), 5000));
        assertTrue(e.getCause().getMessage().contains("position=5000, size=4099"), () -> "" + e.getCause());
        assertThrows(NoSuchFileException.class, () -> files.openAppendable(at("b"), 0));
    }

    @Test
    void whatAFileHoldsIsWrittenAgainWhenItIsOpened() throws IOException {
        Path path = Path.of(at("a").path());
        byte[] content = new byte[(int) Rewriting.MAX_BYTES + 3_000_000];
        new Random(1).nextBytes(content);
        Files.write(path, content);
        for (int position : new int[] {0, 1, 1 << 20, 2_500_000, content.length}) {
            disk.calls.clear();
            disk.rewritten = 0;
            files.openAppendable(at("a"), position).close();
            assertEquals(Math.min(position, Rewriting.MAX_BYTES), disk.rewritten);
            assertEquals(-1, Arrays.mismatch(content, Files.readAllBytes(path)));
        }
    }

    @Test
    void aTakenNameIsRefused() throws IOException {
        files.create(at("a"), text("old"));
        assertThrows(FileAlreadyExistsException.class, () -> files.createAppendable(at("a")));
        assertEquals("old", content(at("a")));
    }

    @Test
    void anyFailurePoisonsForGood() throws IOException {
        for (String operation : new String[] {"write", "force", "truncate"}) {
            AppendFile file = files.createAppendable(at(operation));
            file.write(bytes("abc"));
            disk.failing = (operation + " " + operation)::equals;
            IOException first = assertThrows(IOException.class, () -> run(operation, file));
            assertTrue(first.getMessage().contains(at(operation).toString()), first.getMessage());
            disk.failing = call -> false;
            disk.calls.clear();
            for (String later : new String[] {"write", "force", "truncate"}) {
                IOException e = assertThrows(IOException.class, () -> run(later, file));
                assertTrue(e.getMessage().startsWith("file is poisoned since an earlier failure"), e.getMessage());
                assertSame(first, e.getCause());
            }
            assertEquals(List.of(), disk.calls, "nothing may reach the disk any more");
            file.close();
            file.close();
        }
    }

    private static void run(String operation, AppendFile file) throws IOException {
        switch (operation) {
            case "write" -> file.write(bytes("def"));
            case "force" -> file.force();
            default -> file.truncate(1);
        }
    }

    @Test
    void anErrorOfTheMachinePoisonsToo() throws IOException {
        try (AppendFile file = files.createAppendable(at("a"))) {
            disk.failing = call -> {
                throw new OutOfMemoryError("injected");
            };
            assertThrows(OutOfMemoryError.class, () -> file.write(bytes("abc")));
            disk.failing = call -> false;
            assertThrows(IOException.class, file::force);
        }
    }

    @Test
    void anInterruptIsAFailure() throws IOException {
        try (AppendFile file =
                new LocalFileSystem(RESERVE, new SystemDisk(), Duration.ZERO).createAppendable(at("a"))) {
            Thread.currentThread().interrupt();
            IOException first = assertThrows(IOException.class, () -> file.write(bytes("abc")));
            assertTrue(Thread.interrupted());
            assertTrue(first.getCause() instanceof ClosedByInterruptException, first::toString);
            assertSame(first, assertThrows(IOException.class, file::force).getCause());
        }
    }

    @Test
    void aDiskWithoutRoomForTheReserveIsNoFailureAndTheRoomIsGivenBack() throws IOException {
        disk.capacity = 100;
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(ByteBuffer.allocate(60).put(0, (byte) 1));
            assertEquals(60, size("a"));
            file.write(ByteBuffer.allocate(40).put(0, (byte) 2));
            file.force();
            assertEquals(100, file.position());
            assertEquals(100, size("a"));
            IOException e = assertThrows(IOException.class, () -> file.write(bytes("x")));
            assertEquals("No space left on device", e.getCause().getMessage());
            assertThrows(IOException.class, file::force);
        }
    }

    @Test
    void aChannelThatIsClosedWhileZeroesAreWrittenIsAFailure() throws IOException {
        try (AppendFile file = files.createAppendable(at("a"))) {
            disk.failing = call -> {
                if (call.equals("writeAt a")) {
                    Thread.currentThread().interrupt();
                }
                return false;
            };
            file.write(bytes("abc"));
            assertTrue(Thread.interrupted());
            IOException e = assertThrows(IOException.class, file::force);
            assertTrue(
                    e.getCause().getMessage().startsWith("space that was written ahead not given back"), e.toString());
        }
    }

    @Test
    void aRoomThatIsJustEnoughForTheDataIsGivenToTheData() throws IOException {
        disk.capacity = 50;
        try (AppendFile file = files.createAppendable(at("a"))) {
            file.write(ByteBuffer.allocate(50));
            file.force();
            assertEquals(50, file.position());
        }
    }

    @Test
    void aClosedFileTakesNothing() throws IOException {
        AppendFile file = files.createAppendable(at("a"));
        file.close();
        assertThrows(IOException.class, () -> file.write(bytes("x")));
        assertThrows(IOException.class, file::force);
    }
}
