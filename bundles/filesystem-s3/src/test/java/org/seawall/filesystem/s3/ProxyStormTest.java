package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.bytes;
import static org.seawall.filesystem.common.TestFiles.text;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;
import org.seawall.testkit.proxy.ProxyFault;
import org.seawall.testkit.proxy.ProxyFaults;

/**
 * A fifth of all requests goes wrong in every way: what returned is there, what failed with anything but
 * {@link OutcomeUnknownException} is not.
 */
class ProxyStormTest {

    private static final int THREADS = 4;
    private static final int EACH = 25;

    private final VersityServer server = VersityServer.running();
    private final String bucket = server.bucket();
    private final S3FileSystem calm = server.configuration().open();
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        proxy = FaultProxy.before(server.endpoint());
        proxy.delay(Duration.ofMillis(20));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        calm.stop();
    }

    private S3FileSystem stormy(int attempts) {
        return server.configuration()
                .with("endpoint", proxy.endpoint().toString())
                .with("attempts", attempts)
                .with("retryDelayMillis", 2)
                .with("retryDelayMaxMillis", 20)
                .with("retryBudget", 0)
                .with("requestTimeoutMillis", 5_000)
                .open();
    }

    private Location at(String name) {
        return Location.parse("s3://" + bucket + "/wal/" + name);
    }

    /** What a writer knows: the content where it is known, nothing where it is not. */
    private Map<String, Optional<String>> writes(S3FileSystem files, int thread) throws IOException {
        Map<String, Optional<String>> known = new TreeMap<>();
        for (int i = 0; i < EACH; i++) {
            String name = thread + "-" + i;
            try {
                FileInfo created = files.create(at(name), bytes(name));
                known.put(name, Optional.of(name));
                if (i % 3 == 0) {
                    files.replace(at(name), bytes(name + "!"), Optional.of(created.version()));
                    known.put(name, Optional.of(name + "!"));
                }
            } catch (OutcomeUnknownException e) {
                known.remove(name);
            } catch (IOException e) {
                known.putIfAbsent(name, Optional.empty());
            }
        }
        return known;
    }

    private Map<String, Optional<String>> storm(S3FileSystem files) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<String, Optional<String>>>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                all.add(threads.submit(() -> writes(files, number)));
            }
            Map<String, Optional<String>> known = new TreeMap<>();
            for (Future<Map<String, Optional<String>>> each : all) {
                known.putAll(each.get());
            }
            return known;
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertKnown(Map<String, Optional<String>> known) throws IOException {
        for (Map.Entry<String, Optional<String>> each : known.entrySet()) {
            Optional<String> found = calm.find(at(each.getKey())).isPresent()
                    ? Optional.of(text(calm, at(each.getKey())))
                    : Optional.empty();
            assertEquals(each.getValue(), found, each.getKey());
        }
    }

    private void assertEveryFaultCame() {
        EnumSet<ProxyFault> missing = EnumSet.allOf(ProxyFault.class);
        missing.removeAll(proxy.outcomes().keySet());
        assertTrue(missing.isEmpty(), () -> "did not come: " + missing);
    }

    @Test
    void withFewAttemptsManyCallsFailAndEachSaysWhatIsTrue() throws Exception {
        S3FileSystem files = stormy(2);
        try {
            files.create(at("first"), bytes("the probe is behind us"));
            proxy.faults(ProxyFaults.drawn(4, 20));
            Map<String, Optional<String>> known = storm(files);
            assertEveryFaultCame();
            assertKnown(known);
        } finally {
            files.stop();
        }
    }

    @Test
    void withTenAttemptsEveryCallSucceedsOnceAndReadsAreWhole() throws Exception {
        S3FileSystem files = stormy(10);
        try {
            proxy.faults(ProxyFaults.drawn(5, 20));
            Map<String, Optional<String>> known = storm(files);
            assertEveryFaultCame();
            assertEquals(THREADS * EACH, known.size(), "outcomes that are known");
            assertTrue(known.values().stream().allMatch(Optional::isPresent), known::toString);
            assertKnown(known);
            for (String name : known.keySet()) {
                assertEquals(known.get(name).orElseThrow(), text(files, at(name)));
            }
            assertEquals(known.size(), files.list(at("x").parent()).size());
        } finally {
            files.stop();
        }
    }

    @Test
    void aLogThatIsNotWrittenToAsksForNothing() throws Exception {
        S3FileSystem files = stormy(10);
        files.create(at("first"), bytes("text"));
        proxy.forget();
        files.create(at("second"), bytes("text"));
        assertEquals(Map.of("PUT", 1L), proxy.methods());
        files.stop();
        assertEquals(1, proxy.requests());
    }
}
