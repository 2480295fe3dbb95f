package org.seawall.itests.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogFullException;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;

/** Appends without a pause, batch after batch, until the log closes. */
final class Writer extends Thread {
    private static final int BATCH = 7;

    private final WriteAheadLog wal;
    private final String collection;
    private final CountDownLatch acknowledged = new CountDownLatch(50);
    private final List<CompletableFuture<SequenceRange>> appends = new ArrayList<>();
    private final List<List<Entry>> batches = new ArrayList<>();
    private volatile Throwable end;

    Writer(WriteAheadLog wal, String collection) {
        super("test-writer");
        this.wal = wal;
        this.collection = collection;
    }

    @Override
    public void run() {
        try {
            while (true) {
                append();
            }
        } catch (LogClosedException e) {
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
            append.thenRun(acknowledged::countDown);
        } catch (LogFullException e) {
            appends.get(appends.size() - 1).handle((range, failure) -> range).join();
        }
    }

    /** Waits until it is in full swing. */
    void awaitSwing() throws InterruptedException {
        acknowledged.await();
    }

    /** Waits for its end, which the log's close brings about. */
    Throwable awaitEnd() throws InterruptedException {
        join(Await.MILLIS);
        return end;
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
