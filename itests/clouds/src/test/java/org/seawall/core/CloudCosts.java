package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.Setting;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;

/** What a log asks of an object store, counted at a proxy, and what a latency makes of it. */
abstract class CloudCosts extends CloudDamage {
    private static final CollectionSpec PAYLOADS = CollectionSpec.payloads(CloudLog.COLLECTION);
    private static final int SEGMENTS = Integer.getInteger("clouds.segments", 200);
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int READS = 32;
    private static final int BATCHES = Integer.getInteger("clouds.batches", 256);
    /** A snapshot for some hundred batches of a thousand bytes, and merging as usual. */
    private static final CloudLog.Tuning UPKEPT = new CloudLog.Tuning(Map.of(Setting.SNAPSHOT_BYTES, 300_000L), 16);

    private static CloudLog.Tuning untouched(int reads) {
        return new CloudLog.Tuning(Map.of(Setting.SNAPSHOT_BYTES, 0L, Setting.COMPACT_SEGMENTS, 0L), reads);
    }

    /** Small segments behind a latency are read ahead, each in one request. */
    @Test
    void aRecoveryReadsEachSegmentInOneRequest() throws Exception {
        Location directory = bucket().child("wal");
        try (OpenLog log = CloudLog.withCollection(open(endpoint()), directory, PAYLOADS, untouched(1))) {
            for (int i = 0; i < SEGMENTS; i++) {
                log.append(CloudLog.COLLECTION, List.of(Entry.payload("e" + i, new byte[10])))
                        .join();
            }
        }
        String line = store() + ": recovery, segments=" + SEGMENTS + ", latencyMillis=" + LATENCY.toMillis();
        for (int reads : new int[] {READS, 0}) {
            try (FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
                FileSystem files = open(proxy.endpoint());
                files.list(directory);
                RequestKinds kinds = new RequestKinds();
                proxy.faults(kinds);
                proxy.latency(LATENCY);
                long begin = System.nanoTime();
                OpenLog log = CloudLog.open(files, directory, untouched(reads));
                double seconds = (System.nanoTime() - begin) / 1e9;
                String told = "reads=" + reads + ", " + kinds;
                assertEquals(SEGMENTS, entries(log), told);
                // the first is empty, each recovery leaves its fence, and the catalog has some of its own
                assertTrue(kinds.of("read") <= SEGMENTS + 10, told);
                assertTrue(kinds.of("look up") + kinds.of("list") <= 40 + SEGMENTS / 500, told);
                line += String.format("; readsAhead=%d, seconds=%.1f, %s", reads, seconds, kinds);
                log.close();
            }
        }
        System.out.println(line);
    }

    /** What a longer run asks for, with the snapshots and the merging of small segments that it brings about. */
    @Test
    void aLongerRunAsksForLittleMoreThanItsCommits() throws Exception {
        for (int writers : new int[] {1, 64}) {
            try (FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
                FileSystem files = open(proxy.endpoint());
                OpenLog log = CloudLog.withCollection(files, bucket().child("wal"), PAYLOADS, UPKEPT);
                RequestKinds kinds = new RequestKinds();
                proxy.faults(kinds);
                proxy.forget();
                long seconds = System.nanoTime();
                appended(log, writers);
                log.close();
                seconds = (System.nanoTime() - seconds) / 1_000_000_000;
                System.out.printf(
                        "%s: requests, writers=%d, batches=%d, seconds=%d, %s, sum=%d%n",
                        store(), writers, BATCHES, seconds, kinds, proxy.requests());
                long commits = writers == 1 ? BATCHES : BATCHES / 2;
                // a segment is archived once: looked through, read, written, deleted; it is looked up for none of that
                assertTrue(kinds.of("write") <= 2 * commits + BATCHES / 5 + 20, kinds::toString);
                assertTrue(kinds.of("read") <= 3 * commits + BATCHES / 5 + 20, kinds::toString);
                assertTrue(kinds.of("delete") <= commits + BATCHES / 5 + 20, kinds::toString);
                assertTrue(kinds.of("look up") + kinds.of("list") <= BATCHES / 10 + 60, kinds::toString);
            }
        }
    }

    private static void appended(OpenLog log, int writers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String prefix = "w" + writer + "e";
            running.add(threads.submit(() -> {
                for (int i = 0; i < BATCHES / writers; i++) {
                    log.append(CloudLog.COLLECTION, List.of(Entry.payload(prefix + i, new byte[1_000])))
                            .join();
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
    }

    private static long entries(OpenLog log) {
        return log.status().collections().stream()
                .filter(one -> one.name().equals(CloudLog.COLLECTION))
                .findFirst()
                .orElseThrow()
                .recovery()
                .entries();
    }
}
