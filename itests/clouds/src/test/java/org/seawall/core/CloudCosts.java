package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.Setting;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;

/** What a log asks of an object store, counted at a proxy, and what a latency makes of it. */
abstract class CloudCosts extends CloudInContainer {
    private static final CollectionSpec PAYLOADS = CollectionSpec.payloads(CloudLog.COLLECTION);
    private static final int SEGMENTS = Integer.getInteger("clouds.segments", 200);
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int READS = 32;

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
            try (FaultProxy proxy = FaultProxy.before(endpoint())) {
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

    private static long entries(OpenLog log) {
        return log.status().collections().stream()
                .filter(one -> one.name().equals(CloudLog.COLLECTION))
                .findFirst()
                .orElseThrow()
                .recovery()
                .entries();
    }
}
