package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LogReader;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.SearchRequest;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;
import org.seawall.testkit.proxy.ProxyFaults;

/** What has to hold of a whole log on every object store. */
abstract class CloudTest extends CloudCosts {
    private static final CollectionSpec PAYLOADS = CollectionSpec.payloads(CloudLog.COLLECTION);
    private static final int ROUNDS = Integer.getInteger("clouds.rounds", 3);
    private static final int FIRST = Integer.getInteger("clouds.first", 0);
    private static final int VECTORS = Integer.getInteger("clouds.vectors", 1_000);
    private static final int BATCH = 50;
    private static final int LONE_BATCHES = 40;
    private static final int PAUSE_MILLIS = 120;
    private static final long IDLE_MILLIS = 2_500;

    /** Law 3: the storage decides who writes, at whatever moments two begin, and however little they rest. */
    @Test
    void ofTwoWritersOneIsLeftAndNothingIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        FileSystem[] files = {open(endpoint()), open(endpoint())};
        int acknowledged = 0;
        int asked = 0;
        List<Long> takeovers = new ArrayList<>();
        for (int round = FIRST; round < FIRST + ROUNDS; round++) {
            Location directory = bucket().child("r" + round);
            CountDownLatch fenced = new CountDownLatch(1);
            List<Future<Writer>> running = new ArrayList<>();
            Random random = new Random(round);
            for (int i = 0; i < 2; i++) {
                int pause = random.nextInt(3) == 0 ? PAUSE_MILLIS : 1;
                Writer writer = new Writer("r" + round + "w" + i, files[i], directory, pause, fenced);
                int delay = random.nextInt(60);
                running.add(threads.submit(() -> writer.after(delay)));
            }
            List<Writer> writers = new ArrayList<>();
            for (Future<Writer> one : running) {
                writers.add(one.get());
            }
            assertEquals(1, writers.stream().filter(writer -> writer.fenced).count(), "round " + round);
            writers.stream().filter(writer -> !writer.fenced).forEach(writer -> takeovers.add(writer.firstMillis));
            asked += asked(files[0], directory) ? 1 : 0;
            List<String> there = ids(files[0], directory);
            assertEquals(there.stream().distinct().toList(), there, "nothing twice");
            for (Writer writer : writers) {
                assertTrue(there.containsAll(writer.acknowledged), () -> "lost of " + writer.acknowledged);
                assertTrue(there.stream().noneMatch(writer.refused::contains), "told not to be written");
                assertTrue(writer.submitted.containsAll(
                        there.stream().filter(id -> id.startsWith(writer.name)).toList()));
                acknowledged += writer.acknowledged.size();
            }
        }
        threads.shutdown();
        System.out.println(getClass().getSimpleName() + ": two writers, rounds=" + ROUNDS + ", acknowledged="
                + acknowledged + ", lost=0, asked=" + asked + ", millis until the other's first commit: "
                + distribution(takeovers));
    }

    private static boolean asked(FileSystem files, Location directory) throws IOException {
        for (FileInfo info : files.list(directory.child("wal"))) {
            if (info.directory()
                    && files.find(info.location().child("wal.takeover")).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static String distribution(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return "median=" + sorted.get(sorted.size() / 2) + ", nine of ten=" + sorted.get(sorted.size() * 9 / 10)
                + ", most=" + sorted.get(sorted.size() - 1);
    }

    /** Every fault, one request in five: what is acknowledged is there once, what is not there is sent again. */
    @Test
    void anIngestThroughFaultsLosesNothing() throws Exception {
        Location directory = bucket().child("wal");
        CollectionSpec spec = CollectionSpec.vectors(CloudLog.COLLECTION, 16, Metric.L2);
        try (FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
            proxy.delay(Duration.ofMillis(5));
            FileSystem files = open(proxy.endpoint());
            proxy.faults(ProxyFaults.drawn(7, 20));
            OpenLog log = opened(files, directory, spec);
            int reopened = 0;
            for (int first = 0; first < VECTORS; ) {
                try {
                    log.append(CloudLog.COLLECTION, vectors(first)).join();
                    first += BATCH;
                } catch (CompletionException | SeawallException e) {
                    // what is not certain the next opening settles
                    close(log);
                    log = opened(files, directory, spec);
                    reopened++;
                    first = log.get(CloudLog.COLLECTION, "v" + first).isPresent() ? first + BATCH : first;
                }
            }
            close(log);
            System.out.println(getClass().getSimpleName() + ": through faults, vectors=" + VECTORS + ", reopened="
                    + reopened + ", outcomes=" + proxy.outcomes());
            assertTrue(proxy.outcomes().size() > 6, "all kinds of faults were met");
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < VECTORS; i++) {
            expected.add("v" + i);
        }
        assertEquals(expected, ids(open(endpoint()), directory));
    }

    /** Law 8: the same with a sink on the same storage, which the log flushes to again and again, with replacements and deletes. */
    @Test
    void aFlushThroughFaultsLosesNothing() throws Exception {
        Location directory = bucket();
        CollectionSpec spec = CollectionSpec.vectors(CloudLog.COLLECTION, 16, Metric.L2);
        Set<String> expected = new TreeSet<>();
        int flushed = 0;
        int tries = 0;
        try (FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
            FileSystem files = open(proxy.endpoint());
            proxy.faults(ProxyFaults.drawn(11, 20));
            FlushedOnCloud log = new FlushedOnCloud(opened(files, directory, spec), files, directory);
            for (int first = 0; first < VECTORS; ) {
                try {
                    tries++;
                    log.log().append(CloudLog.COLLECTION, vectors(first)).join();
                    String gone = "v" + (first / 2);
                    log.log()
                            .append(CloudLog.COLLECTION, List.of(Entry.delete(gone), replaced(first)))
                            .join();
                    for (int i = first; i < first + BATCH; i++) {
                        expected.add("v" + i);
                    }
                    expected.remove(gone);
                    log.log().flush(CloudLog.COLLECTION);
                    flushed++;
                    first += BATCH;
                } catch (CompletionException | SeawallException e) {
                    // all of it may be repeated: the same puts, the same delete
                    log.close();
                    log = new FlushedOnCloud(opened(files, directory, spec), files, directory);
                }
            }
            log.close();
            System.out.println(getClass().getSimpleName() + ": flushed through faults, vectors=" + VECTORS
                    + ", flushes=" + flushed + ", tries=" + tries + ", outcomes=" + proxy.outcomes());
        }
        FileSystem files = open(endpoint());
        FlushedOnCloud log = new FlushedOnCloud(CloudLog.open(files, directory), files, directory);
        assertEquals(List.copyOf(expected), log.ids());
        log.log().flush(CloudLog.COLLECTION);
        assertEquals(List.copyOf(expected), log.ids());
        assertEquals(1, log.log().status().collections().get(0).liveEntries(), "the newest entry stays in the log");
        log.close();
    }

    /** What a search has brought is in memory for the next one. */
    @Test
    void aSearchAsksForNothingTwice() throws Exception {
        CollectionSpec spec = CollectionSpec.vectors(CloudLog.COLLECTION, 16, Metric.L2);
        try (FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
            FileSystem files = open(proxy.endpoint());
            FlushedOnCloud log = new FlushedOnCloud(opened(files, bucket(), spec), files, bucket());
            for (int first = 0; first < VECTORS; first += BATCH) {
                log.log().append(CloudLog.COLLECTION, vectors(first)).join();
            }
            log.log().flush(CloudLog.COLLECTION);
            settle(proxy);
            float[] query = new float[16];
            query[0] = 400.2f;
            SearchRequest request = SearchRequest.of(List.of(query), 3);
            assertEquals(List.of("v400", "v401", "v399"), log.ids(request));
            long requests = proxy.requests();
            assertTrue(requests > 0, "the part is on the store");
            proxy.forget();
            query[0] = 402.2f;
            assertEquals(List.of("v402", "v403", "v401"), log.ids(request));
            assertEquals(0, proxy.requests(), () -> "requests=" + proxy.methods());
            System.out.println(
                    getClass().getSimpleName() + ": requests of a first search=" + requests + ", of a second=0");
            log.close();
        }
    }

    private static Entry replaced(int number) {
        float[] vector = new float[16];
        vector[1] = number;
        return Entry.vector("v" + (number + 1), vector);
    }

    /** A batch is one request; while they are many, one a second asks who else wants the log. One left alone asks for nothing. */
    @Test
    void aCommitIsOneRequestAndIdlenessNone() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
            FileSystem files = open(proxy.endpoint());
            OpenLog log = CloudLog.withCollection(files, bucket().child("wal"), PAYLOADS);
            log.append(CloudLog.COLLECTION, List.of(Entry.payload("first", new byte[10])))
                    .join();
            settle(proxy);
            long beginNanos = System.nanoTime();
            for (int i = 0; i < LONE_BATCHES; i++) {
                log.append(CloudLog.COLLECTION, List.of(Entry.payload("e" + i, new byte[10])))
                        .join();
            }
            Thread.sleep(200);
            long seconds = (System.nanoTime() - beginNanos) / 1_000_000_000;
            long looks = proxy.requests() - LONE_BATCHES;
            // what is not there is looked for as a file and as a directory
            assertTrue(looks >= 0 && looks <= 2 * (seconds + 1), () -> "requests=" + proxy.methods());
            proxy.forget();
            Thread.sleep(IDLE_MILLIS);
            assertEquals(0, proxy.requests(), () -> "requests=" + proxy.methods());
            log.close();
        }
    }

    /** What a log looks at once when it was opened is over. */
    private static void settle(FaultProxy proxy) throws InterruptedException {
        do {
            proxy.forget();
            Thread.sleep(IDLE_MILLIS);
        } while (proxy.requests() > 0);
    }

    private static OpenLog opened(FileSystem files, Location directory, CollectionSpec spec) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                OpenLog log = CloudLog.withCollection(files, directory, spec);
                if (log.catalog().find(spec.name()).isPresent() && usable(log)) {
                    return log;
                }
                close(log);
            } catch (IOException | SeawallException e) {
                assertTrue(attempt < 50, () -> "log does not open: " + e);
            }
        }
    }

    private static boolean usable(OpenLog log) {
        try {
            log.get(CloudLog.COLLECTION, "v0");
            return true;
        } catch (SeawallException e) {
            return false;
        }
    }

    private static void close(OpenLog log) {
        try {
            log.close();
        } catch (SeawallException e) {
            assertInstanceOf(SeawallException.class, e, "a log whose storage failed may say so again");
        }
    }

    private static List<Entry> vectors(int first) {
        List<Entry> batch = new ArrayList<>();
        for (int i = first; i < first + BATCH; i++) {
            float[] vector = new float[16];
            vector[0] = i;
            batch.add(Entry.vector("v" + i, vector));
        }
        return batch;
    }

    private static List<String> ids(FileSystem files, Location directory) throws IOException {
        List<String> ids = new ArrayList<>();
        OpenLog log = CloudLog.open(files, directory);
        try (LogReader reader = log.read(CloudLog.COLLECTION, 1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                ids.add(next.get().entry().id());
            }
        }
        log.close();
        return ids;
    }

    /** Appends until it is fenced, or the other was and some more went in. */
    private static final class Writer {
        private final String name;
        private final FileSystem files;
        private final Location directory;
        private final int pauseMillis;
        private final CountDownLatch otherFenced;
        private final List<String> submitted = new ArrayList<>();
        private final List<String> acknowledged = new ArrayList<>();
        private final Set<String> refused = new HashSet<>();
        private final Random random = new Random(1);
        private boolean fenced;
        private long firstMillis;

        private Writer(String name, FileSystem files, Location directory, int pauseMillis, CountDownLatch otherFenced) {
            this.name = name;
            this.files = files;
            this.directory = directory;
            this.pauseMillis = pauseMillis;
            this.otherFenced = otherFenced;
        }

        private Writer after(int millis) throws Exception {
            Thread.sleep(millis);
            long beginNanos = System.nanoTime();
            OpenLog log = CloudLog.withCollection(files, directory, PAYLOADS);
            try {
                int behind = 0;
                while (!fenced && behind < 5) {
                    behind += otherFenced.getCount() == 0 ? 1 : 0;
                    append(log);
                    firstMillis = firstMillis == 0 && !acknowledged.isEmpty()
                            ? (System.nanoTime() - beginNanos) / 1_000_000
                            : firstMillis;
                }
            } finally {
                // also when it has failed: the other would go on for ever
                otherFenced.countDown();
                log.close();
            }
            return this;
        }

        private void append(OpenLog log) throws InterruptedException {
            String id = name + "e" + submitted.size();
            submitted.add(id);
            Thread.sleep(random.nextInt(pauseMillis));
            try {
                log.append(CloudLog.COLLECTION, List.of(Entry.payload(id, new byte[20])))
                        .join();
                acknowledged.add(id);
            } catch (CompletionException e) {
                assertInstanceOf(LogFencedException.class, e.getCause());
                lost();
            } catch (LogFencedException e) {
                lost();
            } catch (LogUnavailableException e) {
                // it was not written; the other does not yield at the moment
                assertTrue(refused.add(id));
                Thread.sleep(20);
            }
        }

        private void lost() {
            fenced = true;
            otherFenced.countDown();
        }
    }
}
