package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.seawall.LogState;
import org.seawall.WriteAheadLog;
import org.seawall.filesystem.local.LocalFileSystem;

/**
 * The services of a log on an object store are exchanged while 64 writers append. No append fails, the log stays the same service, and after a restart every entry is there once. The longest appends are printed.
 */
abstract class CloudSwaps extends CloudInContainer {
    private static final int SWAPS = Integer.getInteger("clouds.swaps", 2);
    /** Over how many seconds the swaps are spread; 0 for one behind the other. */
    private static final int SECONDS = Integer.getInteger("clouds.swapSeconds", 0);

    /** How long a writer rests while the log moves: every commit is an object, and each is brought back. */
    private static final long REST_MILLIS = Long.getLong("clouds.restMillis", 500);

    private interface Swap {
        void run(Container container, int number) throws Exception;
    }

    @Test
    void theStoreStopsAndStartsUnderWriters(@TempDir Path cache) throws Exception {
        swapped("store stopped and started", cache, (container, number) -> {
            Bundle bundle = container.bundle(jar());
            bundle.stop();
            container.await(LogState.WAITING, status -> true);
            bundle.start();
        });
    }

    @Test
    void credentialsRotateUnderWriters(@TempDir Path cache) throws Exception {
        Map<String, Object> first = configuration(endpoint());
        Map<String, Object> other = rotated(endpoint());
        swapped("credentials rotated", cache, (container, number) -> {
            Map<String, Object> next = new HashMap<>(number % 2 == 0 ? other : first);
            next.put("attempts", 10 + number % 80);
            container.configure(pid(), next);
            awaitProperty(container, "attempts=" + next.get("attempts"));
        });
    }

    /** Catalog and collections: the next segments are in the new place at once, the old ones are brought over meanwhile. */
    @Test
    void theLogMovesFromADiskAndBackUnderWriters(@TempDir Path cache, @TempDir Path disk) throws Exception {
        String onDisk = disk.resolve("wal").toUri().toString();
        try (Container container = Container.started(cache)) {
            container.configure(pid(), configuration(endpoint()));
            container.start(jar());
            container.start(Container.jar(LocalFileSystem.class.getName()));
            container.configure(LOG, Map.of("wal.url", onDisk));
            String inStore = bucket().child("wal").toString();
            swapped("moved from a disk and back", container, REST_MILLIS, (running, number) -> {
                String to = number % 2 == 0 ? inStore : onDisk;
                running.configure(LOG, Map.of("wal.url", to));
                running.await(
                        LogState.OPEN,
                        status -> status.detail().isEmpty()
                                && status.collections().stream()
                                        .allMatch(one -> one.url().equals(to)
                                                && one.detail().isEmpty()));
            });
        }
    }

    private void swapped(String what, Path cache, Swap swap) throws Exception {
        try (Container container = Container.started(cache)) {
            container.configure(pid(), configuration(endpoint()));
            container.start(jar());
            container.configure(LOG, Map.of("wal.url", bucket().child("wal").toString()));
            swapped(what, container, 0, swap);
        }
    }

    private void swapped(String what, Container container, long restMillis, Swap swap) throws Exception {
        WriteAheadLog log = container.log();
        Swarm swarm = new Swarm(log, restMillis);
        swarm.longestMillis();
        List<Double> longest = new ArrayList<>();
        int threads = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < SWAPS; i++) {
            TimeUnit.NANOSECONDS.sleep(begin + i * SECONDS * 1_000_000_000L / SWAPS - System.nanoTime());
            swap.run(container, i);
            longest.add(swarm.longestMillis());
            threads = i == 0 ? Thread.activeCount() : threads;
        }
        print(what, longest, threads, swarm, (System.nanoTime() - begin) / 1e9);
        swarm.end();
        assertSame(log, container.log());
        swarm.assertIn(log);
        Bundle core = container.bundle(Container.jar(OpenLog.class.getName()));
        core.stop();
        core.start();
        swarm.assertIn(container.log());
    }

    private void print(String what, List<Double> longest, int threads, Swarm swarm, double seconds) throws IOException {
        List<Double> sorted = longest.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%s: %s, times=%d, writers=%d, seconds=%.1f, appends=%d, failed=0, longest append ms p50=%.0f p99=%.0f max=%.0f,"
                        + " threads %d -> %d%n",
                getClass().getSimpleName(),
                what,
                sorted.size(),
                Swarm.WRITERS,
                seconds,
                swarm.appends(),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1),
                threads,
                Thread.activeCount());
    }
}
