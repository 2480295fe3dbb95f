package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;

/** Many writers, each of which appends, waits for the acknowledgement, and appends again, at once or after a rest. */
final class Swarm {
    static final int WRITERS = 64;
    private static final List<String> COLLECTIONS = List.of("a", "b", "c", "d");

    private final List<Thread> threads = new ArrayList<>();
    private final List<List<String>> acknowledged = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final long restMillis;

    /** Begins to write to collections that it makes. */
    Swarm(WriteAheadLog log, long restMillis) {
        this.restMillis = restMillis;
        COLLECTIONS.forEach(name -> log.catalog().create(CollectionSpec.payloads(name)));
        for (int i = 0; i < WRITERS; i++) {
            List<String> mine = new ArrayList<>();
            acknowledged.add(mine);
            String collection = COLLECTIONS.get(i % COLLECTIONS.size());
            String name = "w" + i + "-";
            threads.add(new Thread(() -> write(log, collection, name, mine), "test-swarm-" + i));
        }
        threads.forEach(Thread::start);
    }

    private void write(WriteAheadLog log, String collection, String name, List<String> mine) {
        try {
            while (!ending.get()) {
                String id = name + mine.size();
                long begin = System.nanoTime();
                log.append(collection, List.of(Entry.payload(id, id.getBytes(StandardCharsets.UTF_8))))
                        .join();
                longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                mine.add(id);
                count.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(restMillis);
            }
        } catch (RuntimeException | InterruptedException e) {
            failures.add(e);
        }
    }

    /** Waits until every writer may have got on, and tells how long an append took at most since the last time. */
    double longestMillis() throws InterruptedException {
        long begin = count.get();
        Await.until("writers get on", () -> count.get() >= begin + 2 * WRITERS || !failures.isEmpty());
        assertEquals(List.of(), List.copyOf(failures));
        return longestNanos.getAndSet(0) / 1e6;
    }

    long appends() {
        return count.get();
    }

    /** Ends the writers. None has failed. */
    void end() throws InterruptedException {
        ending.set(true);
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            assertFalse(thread.isAlive(), () -> thread.getName() + " hangs");
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    /** Every acknowledged entry is in the log, once, in the order of its writer, and nothing else. */
    void assertIn(WriteAheadLog log) throws IOException {
        Map<String, List<String>> found = new HashMap<>();
        for (String collection : COLLECTIONS) {
            try (LogReader reader = log.read(collection, 1)) {
                for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                    String id = next.get().entry().id();
                    found.computeIfAbsent(id.substring(0, id.indexOf('-') + 1), writer -> new ArrayList<>())
                            .add(id);
                }
            }
        }
        for (int i = 0; i < WRITERS; i++) {
            assertEquals(acknowledged.get(i), found.get("w" + i + "-"));
        }
    }
}
