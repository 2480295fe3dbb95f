package org.seawall.itests.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.Entry;
import org.seawall.LogFullException;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;

/** Appends without a pause, batch after batch, until it is told to end or the log closes. */
final class Writer extends Thread {
    private static final int BATCH = 7;

    private final WriteAheadLog wal;
    private final String collection;
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<CompletableFuture<SequenceRange>> appends = new ArrayList<>();
    private final List<List<Entry>> batches = new ArrayList<>();
    private volatile boolean ending;
    private volatile Throwable end;

    Writer(WriteAheadLog wal, String collection) {
        super("test-writer");
        this.wal = wal;
        this.collection = collection;
    }

    @Override
    public void run() {
        try {
            while (!ending) {
                append();
            }
        } catch (SeawallException e) {
            end = e;
        }
    }

    private void append() {
        List<Entry> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String id = batches.size() + "." + i;
            batch.add(Entry.payload(id, id.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        try {
            CompletableFuture<SequenceRange> append = wal.append(collection, batch);
            appends.add(append);
            batches.add(batch);
            append.thenRun(acknowledged::incrementAndGet);
        } catch (LogFullException e) {
            appends.get(appends.size() - 1).handle((range, failure) -> range).join();
        }
    }

    /** Waits until it has got further. */
    void awaitSwing() throws InterruptedException {
        long begin = acknowledged.get();
        Await.until("appends go on", () -> acknowledged.get() > begin + 50 || end != null);
    }

    /** Ends it, and waits for what it appended. */
    void end() throws InterruptedException {
        ending = true;
        join(Await.MILLIS);
        appends.forEach(append -> append.handle((range, failure) -> range).join());
    }

    /** Waits for its end, which the log's close brings about. */
    Throwable awaitEnd() throws InterruptedException {
        join(Await.MILLIS);
        return end;
    }

    /** Why it ended, or what an append failed with. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(end)
                .or(() -> appends.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .findFirst()
                        .map(append ->
                                append.handle((range, failure) -> failure).join()));
    }

    boolean allSettled() {
        return appends.stream().allMatch(CompletableFuture::isDone);
    }

    /** The batches that were acknowledged, by their first sequence. */
    Map<Long, List<Entry>> acknowledged() {
        Map<Long, List<Entry>> bySequence = new TreeMap<>();
        for (int i = 0; i < batches.size(); i++) {
            if (!appends.get(i).isCompletedExceptionally()) {
                bySequence.put(appends.get(i).join().first(), batches.get(i));
            }
        }
        return bySequence;
    }
}
