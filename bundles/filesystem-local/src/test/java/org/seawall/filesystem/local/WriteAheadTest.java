package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seawall.spi.filesystem.AppendFile;

@Timeout(60)
class WriteAheadTest extends LocalTest {

    private final Deque<Runnable> later = new ArrayDeque<>();

    private LocalFileSystem with(AheadThread thread) {
        return new LocalFileSystem(new Reserve(RESERVE, true), disk, Duration.ZERO, thread);
    }

    private LocalFileSystem lazy() {
        return with(new AheadThread(later::add, () -> {}));
    }

    @Test
    void zeroesThatComeLateGoBehindTheDataThatIsThere() throws IOException {
        try (AppendFile file = lazy().createAppendable(at("a"))) {
            file.write(bytes("one "));
            file.write(bytes("two"));
            assertEquals("one two", content(at("a")));
            later.remove().run();
            assertEquals("one two" + "\0".repeat(RESERVE - "two".length()), content(at("a")));
            assertTrue(later.isEmpty(), "asked for once");
        }
    }

    @Test
    void dataThatReachesIntoAPieceWaitsUntilThatIsWritten() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        disk.failing = call -> {
            if (call.equals("writeAt a") && begun.getCount() > 0) {
                begun.countDown();
                await(go);
            }
            return false;
        };
        try (AppendFile file = lazy().createAppendable(at("a"))) {
            file.write(bytes("one "));
            Thread ahead = new Thread(later.remove());
            ahead.start();
            begun.await();
            Thread data = new Thread(() -> write(file, "two"));
            data.start();
            while (data.isAlive() && data.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            boolean waits = data.isAlive();
            go.countDown();
            assertTrue(waits, "data was written into space that zeroes were being written to");
            data.join();
            ahead.join();
            assertEquals("one two" + "\0".repeat(RESERVE - "two".length()), content(at("a")));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(AppendFile file, String text) {
        try {
            file.write(bytes(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aForceOfZeroesThatFailsPoisonsTheFile() throws IOException {
        for (String next : List.of("force", "write")) {
            AppendFile file = files.createAppendable(at(next));
            AtomicInteger forces = new AtomicInteger();
            disk.failing = call -> call.startsWith("force ") && forces.incrementAndGet() == 1;
            file.write(bytes("abc"));
            assertEquals(1, forces.get());
            IOException e =
                    assertThrows(IOException.class, next.equals("force") ? file::force : () -> file.write(bytes("d")));
            assertTrue(e.getCause().getMessage().startsWith("force of zeroes failed"), e::toString);
            assertThrows(IOException.class, file::force);
            file.close();
        }
    }

    @Test
    void whereAFailureMayBeToldToAnotherChannelZeroesAreNotForcedApart() throws IOException {
        LocalFileSystem other = new LocalFileSystem(
                new Reserve(RESERVE, false), disk, Duration.ZERO, new AheadThread(Runnable::run, () -> {}));
        try (AppendFile file = other.createAppendable(at("a"))) {
            file.write(bytes("abc"));
            assertEquals(3 + RESERVE, content(at("a")).length());
            assertTrue(disk.calls.stream().noneMatch("force a"::equals), disk.calls::toString);
        }
    }

    @Test
    void aDiskThatFillsUpWhileDataIsWrittenLeavesTheRoomToTheData() throws IOException {
        disk.capacity = 100;
        try (AppendFile file = lazy().createAppendable(at("a"))) {
            file.write(bytes("one "));
            Runnable zeroes = later.remove();
            disk.failing = call -> {
                if (call.equals("write a")) {
                    disk.failing = none -> false;
                    zeroes.run();
                }
                return false;
            };
            file.write(bytes("two"));
            assertEquals("one two", content(at("a")));
            file.write(ByteBuffer.allocate(93));
            file.force();
            assertEquals(100, Files.size(Path.of(at("a").path())));
            assertTrue(later.isEmpty(), "zeroes are not tried again");
        }
    }

    @Test
    void withoutTheThreadTheFileGoesOn() throws IOException {
        LocalFileSystem stopping = with(new AheadThread(
                task -> {
                    throw new RejectedExecutionException("injected");
                },
                () -> {}));
        try (AppendFile file = stopping.createAppendable(at("a"))) {
            file.write(bytes("one "));
            file.write(bytes("two"));
            file.force();
            assertEquals("one two", content(at("a")));
        }
    }

    @Test
    void theThreadEndsWithTheFileSystem() throws Exception {
        LocalFileSystem own = new LocalFileSystem(RESERVE);
        try (AppendFile file = own.createAppendable(at("a"))) {
            file.write(bytes("one "));
            own.stop();
            file.write(bytes("two"));
            file.force();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("seawall-filesystem-local-ahead")) {
                thread.join();
            }
        }
        assertTrue(content(at("a")).startsWith("one two"));
    }

    @Test
    void whateverTheThreadDoesMeanwhileTheDataIsWhatWasWritten() throws IOException {
        Random random = new Random(7);
        LocalFileSystem own = new LocalFileSystem(1 << 20);
        for (int round = 0; round < 20; round++) {
            byte[] expected = new byte[random.nextInt(3_000_000) + 1];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (byte) (1 + i % 101);
            }
            Path path = Path.of(at("f" + round).path());
            try (AppendFile file = own.createAppendable(at("f" + round))) {
                for (int at = 0; at < expected.length; at = (int) file.position()) {
                    int length = Math.min(expected.length - at, 1 + random.nextInt(round % 2 == 0 ? 2_000 : 150_000));
                    file.write(ByteBuffer.wrap(expected, at, length));
                }
                file.force();
                byte[] content = Files.readAllBytes(path);
                assertArrayEquals(expected, Arrays.copyOf(content, expected.length));
                assertTrue(zero(content, expected.length));
                file.truncate(expected.length);
                assertEquals(expected.length, Files.size(path));
            }
        }
        own.stop();
    }

    private static boolean zero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void howMuchIsAheadGoesWithTheWrites() {
        Reserve reserve = new Reserve(8 << 20, true);
        assertEquals(2 * Reserve.PIECE_BYTES, reserve.room(10));
        assertEquals(64 * 25_000, reserve.room(25_000));
        assertEquals(8 << 20, reserve.room(200_000));
        assertEquals(8 << 20, reserve.room(1 << 20));
        assertEquals(0, reserve.room((1 << 20) + 1));
        assertEquals(0, new Reserve(0, true).room(1));
    }
}
