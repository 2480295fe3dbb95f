package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.Entry;
import org.seawall.WriteAheadLog;

/** Many writers at full speed, each of which appends, waits for the acknowledgement, and appends again. */
final class Swarm {
    private final WriteAheadLog wal;
    private final List<Thread> threads = new ArrayList<>();
    private final List<List<String>> acknowledged = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong count = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    /** The longest that any of them has waited since it was asked for last. */
    private final AtomicLong longestNanos = new AtomicLong();

    Swarm(WriteAheadLog wal, int writers, List<String> collections) {
        this.wal = wal;
        for (int i = 0; i < writers; i++) {
            List<String> mine = new ArrayList<>();
            acknowledged.add(mine);
            String collection = collections.get(i % collections.size());
            String name = "w" + i + "-";
            threads.add(new Thread(() -> write(collection, name, mine), "test-swarm-" + i));
        }
        threads.forEach(Thread::start);
    }

    private void write(String collection, String name, List<String> mine) {
        try {
            while (!ending.get()) {
                String id = name + mine.size();
                long begin = System.nanoTime();
                wal.append(collection, List.of(Entry.payload(id, id.getBytes(StandardCharsets.UTF_8))))
                        .join();
                longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                mine.add(id);
                count.incrementAndGet();
            }
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    /** Waits until it has got further by some appends, and returns how long one of them took at most, in milliseconds. */
    double longestMillis(int appends) throws InterruptedException {
        long begin = count.get();
        Await.until("writers get on", () -> count.get() >= begin + appends || !failures.isEmpty());
        assertEquals(List.of(), List.copyOf(failures));
        return longestNanos.getAndSet(0) / 1e6;
    }

    long acknowledgedAppends() {
        return count.get();
    }

    /** Ends the writers. None has failed. */
    void end() throws InterruptedException {
        ending.set(true);
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            assertTrue(thread.getName() + " hangs", !thread.isAlive());
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    /** Every acknowledged entry is in the log, once, in the order of its writer, and nothing else. */
    void assertIn(WriteAheadLog log, List<String> collections) {
        Map<String, List<String>> found = new HashMap<>();
        for (String collection : collections) {
            for (Entry entry : Contents.of(log, collection)) {
                String writer = entry.id().substring(0, entry.id().indexOf('-') + 1);
                found.computeIfAbsent(writer, any -> new ArrayList<>()).add(entry.id());
            }
        }
        for (int i = 0; i < acknowledged.size(); i++) {
            assertEquals(acknowledged.get(i), found.get("w" + i + "-"));
        }
    }
}
