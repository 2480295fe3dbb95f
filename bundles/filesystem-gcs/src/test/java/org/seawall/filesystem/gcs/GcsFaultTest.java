package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;
import org.seawall.testkit.proxy.ProxyFault;
import org.seawall.testkit.proxy.ProxyFaults;

/** What is said of a write holds, whatever becomes of its requests: done is there, refused is another's. */
@ExtendWith(FakeGcsExtension.class)
class GcsFaultTest {

    private static final int WRITERS = 4;
    private static final int FILES = 40;
    private static final int LARGE = 4_000;

    private final FakeGcs server;
    private final String bucket = "seawall-" + UUID.randomUUID();
    private FaultProxy proxy;
    private GcsFileSystem files;
    private GcsFileSystem truth;

    GcsFaultTest(FakeGcs server) {
        this.server = server;
    }

    @BeforeEach
    void open() throws IOException {
        server.makeBucket(bucket);
        proxy = FaultProxy.before(URI.create(server.endpoint()));
        files = files(proxy.endpoint().toString());
        truth = files(server.endpoint());
    }

    @AfterEach
    void close() throws IOException {
        files.close();
        truth.close();
        proxy.close();
    }

    private static GcsFileSystem files(String endpoint) {
        return new GcsFileSystem(TestConfiguration.anonymous(
                endpoint,
                Map.of(
                        "uploadThresholdBytes", LARGE - 1L,
                        "retryDelayMillis", 1,
                        "retryDelayMaxMillis", 20,
                        "retryBudget", 0,
                        "probe", false,
                        "readTimeoutMillis", 5_000)));
    }

    private Location at(String name) {
        return Location.parse("gcs://" + bucket + "/wal").child(name);
    }

    private static List<ByteBuffer> bytes(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(FileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    /** Half of the files are large, and go up in two requests. */
    private static String content(int file, int writer) {
        return file + " by " + writer + " " + "x".repeat(file % 2 == 0 ? 10 : LARGE);
    }

    @Test
    void ofManyCreatorsOverABadNetworkOneWinsAndIsThere() throws Exception {
        proxy.faults(ProxyFaults.drawn(7, 20));
        AtomicInteger[] winners = new AtomicInteger[FILES];
        AtomicInteger unknown = new AtomicInteger();
        List<Callable<Void>> writers = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            winners[file] = new AtomicInteger(-1);
        }
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(() -> {
                for (int file = 0; file < FILES; file++) {
                    create(file, writer, winners[file], unknown);
                }
                return null;
            });
        }
        together(writers);
        for (int file = 0; file < FILES; file++) {
            String there = text(truth, at("file" + file));
            int winner = winners[file].get();
            // where nobody was told that it won, somebody was told that nobody knows
            assertTrue(winner >= 0 || unknown.get() > 0, "file " + file);
            if (winner >= 0) {
                assertEquals(content(file, winner), there, "file " + file);
            }
            assertEquals(there, text(files, at("file" + file)), "read over the bad network");
        }
        assertEquals(FILES, files.list(at("x").parent()).size());
        long faults = proxy.requests() - proxy.outcomes().getOrDefault(ProxyFault.NONE, 0L);
        assertTrue(faults > 50, () -> "faults: " + proxy.outcomes());
        files.deleteTree(at("x").parent());
        assertEquals(List.of(), truth.list(at("x").parent()));
    }

    private void create(int file, int writer, AtomicInteger winner, AtomicInteger unknown) throws IOException {
        try {
            files.create(at("file" + file), bytes(content(file, writer)));
            assertEquals(-1, winner.getAndSet(writer), "a second winner of file " + file);
        } catch (FileAlreadyExistsException lost) {
            assertTrue(truth.find(at("file" + file)).isPresent(), "refused, and nobody's: file " + file);
        } catch (OutcomeUnknownException e) {
            unknown.incrementAndGet();
        }
    }

    private static void together(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void replacementsOverABadNetworkAreThereOrAreNot() throws Exception {
        Location file = at("replaced");
        FileInfo now = truth.create(file, bytes("begin"));
        proxy.faults(ProxyFaults.drawn(8, 20));
        int unknown = 0;
        for (int i = 0; i < 60; i++) {
            String next = content(i, 0);
            try {
                now = files.replace(file, bytes(next), Optional.of(now.version()));
                assertEquals(Optional.of(now), truth.find(file));
                assertEquals(next, text(truth, file));
            } catch (OutcomeUnknownException e) {
                unknown++;
                now = truth.find(file).orElseThrow();
            }
        }
        assertTrue(unknown < 10, "outcomes that were not settled: " + unknown);
    }

    @ParameterizedTest
    @EnumSource
    void eachFaultOfEachRequestOfAWriteIsSettled(ProxyFault fault) throws IOException {
        for (int file = 0; file < 2; file++) {
            String kind = file == 0 ? "small" : "large";
            proxy.faults(ProxyFaults.NONE);
            proxy.forget();
            files.create(at(kind + "-" + fault), bytes(content(file, 0)));
            long requests = proxy.requests();
            assertEquals(file == 0 ? 1 : 2, requests, "requests of a " + kind + " write");
            for (int nth = 1; nth <= requests; nth++) {
                Location name = at(kind + "-" + fault + nth);
                proxy.faults(ProxyFaults.nth(request -> true, nth, fault));
                FileInfo made = files.create(name, bytes(content(file, 0)));
                assertEquals(Optional.of(made), truth.find(name));
                assertEquals(content(file, 0), text(truth, name));
            }
        }
    }
}
