package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;
import org.seawall.testkit.proxy.ProxyFault;
import org.seawall.testkit.proxy.ProxyFaults;

/** A network that lets one request in five go wrong, in every way, between the SDK and the emulator. */
@ExtendWith(AzuriteExtension.class)
class AzureStormTest {

    private static final int BLOCK = 65_536;
    private static final int THREADS = 6;

    private final String container = "storm-" + UUID.randomUUID();
    private final Location root = Location.parse("adls://" + container + "/wal");
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private FaultProxy proxy;
    private AzureFileSystem stormy;
    private AzureFileSystem calm;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        azurite.makeContainer(container);
        URI server = URI.create(azurite.endpoint());
        proxy = FaultProxy.before(URI.create("http://127.0.0.1:" + server.getPort()));
        Settings settings = Settings.of(azurite).with("blockBytes", BLOCK);
        calm = settings.files();
        stormy = settings.with("endpoint", proxy.endpoint() + server.getPath())
                .with("requestTimeoutMillis", 5_000)
                .with("retryDelayMillis", 1)
                .with("retryDelayMaxMillis", 20)
                .with("attempts", 20)
                .with("retryBudget", 0)
                .files();
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        stormy.close();
        proxy.close();
        calm.close();
    }

    private void together(Callable<Void> body) throws Exception {
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(body));
        }
        for (Future<Void> each : running) {
            each.get();
        }
    }

    private static ByteBuffer bytes(int number, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.remaining() >= 4) {
            bytes.putInt(number);
        }
        return bytes.position(size).flip();
    }

    private ByteBuffer read(AzureFileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer all = ByteBuffer.allocate((int) input.size());
            input.read(0, all);
            return all.flip();
        }
    }

    private void assertEveryFaultCame() {
        for (ProxyFault fault : ProxyFault.values()) {
            assertTrue(proxy.outcomes().containsKey(fault), () -> "never drawn: " + fault + ", " + proxy.outcomes());
        }
    }

    @Test
    void aFileThatIsSaidToBeThereIsThereAndOneThatIsNotIsNot() throws Exception {
        proxy.faults(ProxyFaults.drawn(1, 20));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        together(() -> {
            for (int number = next.incrementAndGet(); number <= 120; number = next.incrementAndGet()) {
                int size = number % 10 == 0 ? 2 * BLOCK + 9 : 100;
                Location file = root.child("file" + number);
                try {
                    FileInfo made = stormy.create(file, List.of(bytes(number, size)));
                    assertEquals(Optional.of(made), calm.find(file));
                    assertEquals(bytes(number, size), read(calm, file));
                    assertEquals(bytes(number, size), read(stormy, file));
                } catch (OutcomeUnknownException e) {
                    unknown.incrementAndGet();
                } catch (FileAlreadyExistsException e) {
                    throw new AssertionError("nobody else makes it", e);
                }
            }
            return null;
        });
        assertEquals(0, unknown.get(), "left unknown, of 120 with 20 attempts each");
        assertEquals(120, stormy.list(root).size());
        assertEveryFaultCame();
        stormy.deleteTree(root);
        assertEquals(List.of(), calm.list(root));
    }

    @Test
    void eachCountThatIsAcknowledgedIsCountedOnce() throws Exception {
        Location file = root.child("counter");
        calm.create(file, List.of(bytes(0, 4)));
        proxy.faults(ProxyFaults.drawn(2, 20));
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        together(() -> {
            for (int i = 0; i < 7; i++) {
                try {
                    FileInfo now = stormy.find(file).orElseThrow();
                    int count = read(stormy, file).getInt();
                    stormy.replace(file, List.of(bytes(count + 1, 4)), Optional.of(now.version()));
                    acknowledged.incrementAndGet();
                } catch (OutcomeUnknownException e) {
                    unknown.incrementAndGet();
                } catch (IOException lost) {
                    assertTrue(
                            lost instanceof FileAlreadyExistsException
                                    || lost.getMessage().startsWith("file was replaced since it was looked up"),
                            lost::toString);
                    i--;
                }
            }
            return null;
        });
        int count = read(calm, file).getInt();
        assertTrue(count >= acknowledged.get(), "count=" + count + ", acknowledged=" + acknowledged);
        assertTrue(
                count <= acknowledged.get() + unknown.get(),
                "count=" + count + ", acknowledged=" + acknowledged + ", unknown=" + unknown);
        assertTrue(acknowledged.get() > THREADS, "acknowledged=" + acknowledged);
        assertEveryFaultCame();
    }

    /** Each appends its mark at the end that it has seen; whoever is told that it is there finds it there once. */
    @Test
    void eachAppendThatIsAcknowledgedIsThereOnce() throws Exception {
        Location file = root.child("grown");
        calm.append(file, 0, List.of(bytes(-1, 4)));
        proxy.faults(ProxyFaults.drawn(3, 20));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger unknown = new AtomicInteger();
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        together(() -> {
            for (int i = 0; i < 12; i++) {
                int mark = next.incrementAndGet();
                try {
                    long end = stormy.find(file).orElseThrow().size();
                    assertEquals(
                            end + 4,
                            stormy.append(file, end, List.of(bytes(mark, 4))).size());
                    acknowledged.add(mark);
                } catch (OutcomeUnknownException e) {
                    unknown.incrementAndGet();
                } catch (AppendRefusedException another) {
                    i--;
                }
            }
            return null;
        });
        long size = stormy.seal(file).size();
        ByteBuffer there = read(calm, file);
        assertEquals(size, there.remaining());
        assertEquals(-1, there.getInt());
        List<Integer> marks = new ArrayList<>();
        while (there.hasRemaining()) {
            marks.add(there.getInt());
        }
        assertEquals(marks.size(), Set.copyOf(marks).size(), "a mark is there twice");
        assertTrue(marks.containsAll(acknowledged), () -> "lost of " + acknowledged);
        assertTrue(marks.size() <= acknowledged.size() + unknown.get(), "there, and told not to be");
        assertEquals(THREADS * 12, acknowledged.size() + unknown.get());
        assertEveryFaultCame();
    }

    @Test
    void anAppendIsOneRequest() throws Exception {
        Location file = root.child("grown");
        stormy.append(file, 0, List.of(bytes(1, 100)));
        proxy.forget();
        for (int i = 1; i <= 10; i++) {
            stormy.append(file, 100L * i, List.of(bytes(i, 100)));
        }
        assertEquals(Map.of("PUT", 10L), proxy.methods());
    }

    @Test
    void aWriteIsOneRequestAndNothingIsSentWhenNothingIsAsked() throws Exception {
        stormy.create(root.child("first"), List.of(bytes(1, 100)));
        proxy.forget();
        for (int i = 0; i < 10; i++) {
            stormy.create(root.child("file" + i), List.of(bytes(i, 100)));
        }
        assertEquals(Map.of("PUT", 10L), proxy.methods());
        stormy.create(root.child("large"), List.of(bytes(1, 2 * BLOCK + 4)));
        assertEquals(Map.of("PUT", 14L), proxy.methods(), "three blocks and their list");
        proxy.forget();
        Thread.sleep(500);
        assertEquals(0, proxy.requests());
    }
}
