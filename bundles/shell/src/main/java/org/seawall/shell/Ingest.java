package org.seawall.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.seawall.Entry;
import org.seawall.LogFullException;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.files.EntryInput;

/**
 * The way of a file's rows into a collection: batches of one size, several on their way at once, acknowledged in the order
 * in which they were read. For one thread, once.
 */
final class Ingest {
    private static final long LOOK_MILLIS = 200;
    private static final long RETRY_MILLIS = 20;

    private final WriteAheadLog log;
    private final String collection;
    private final Plan plan;
    private final Progress progress;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Acknowledged acknowledged;

    /** Sizes and limits. */
    record Plan(int batch, int inFlight, Duration fullTimeout, AckLevel ack) {}

    private record Pending(CompletableFuture<SequenceRange> append, long firstRow, long endRow, long position) {}

    Ingest(WriteAheadLog log, String collection, Plan plan, Progress progress, Optional<AckLog> ackLog) {
        this.log = log;
        this.collection = collection;
        this.plan = plan;
        this.progress = progress;
        this.acknowledged = new Acknowledged(ackLog);
    }

    /** Takes the rows from where the reader stands to the end. What fails says how many rows are in. */
    Acknowledged run(EntryInput reader) throws IOException, InterruptedException {
        try {
            List<Entry> batch = read(reader);
            while (!batch.isEmpty()) {
                append(batch, reader);
                settle(plan.inFlight - 1);
                batch = read(reader);
            }
            settle(0);
            return acknowledged;
        } catch (SeawallException e) {
            drain();
            throw new CommandFailedException(e.getMessage() + Text.because(e) + "; " + acknowledged.report(), e);
        } catch (IllegalArgumentException | CommandFailedException | IOException e) {
            drain();
            throw new CommandFailedException(e.getMessage() + "; " + acknowledged.report(), e);
        } catch (InterruptedException e) {
            throw new CommandFailedException("interrupted; " + acknowledged.report() + " for certain", e);
        } finally {
            progress.end();
        }
    }

    private List<Entry> read(EntryInput reader) throws IOException {
        List<Entry> batch = new ArrayList<>(plan.batch);
        while (batch.size() < plan.batch) {
            Optional<Entry> entry = reader.next();
            if (entry.isEmpty()) {
                break;
            }
            batch.add(entry.get());
        }
        return batch;
    }

    private void append(List<Entry> batch, EntryInput reader) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try {
                CompletableFuture<SequenceRange> append = plan.ack.append(log, collection, batch);
                pending.add(new Pending(append, reader.rows() - batch.size(), reader.rows(), reader.position()));
                return;
            } catch (LogFullException e) {
                if (!pending.isEmpty()) {
                    settle(pending.size() - 1);
                    begin = System.nanoTime();
                } else if (System.nanoTime() - begin >= plan.fullTimeout.toNanos()) {
                    throw new CommandFailedException(
                            "log stayed full for " + plan.fullTimeout.toSeconds() + " s: " + e.getMessage(), e);
                } else {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
                show("log is full, waiting");
            }
        }
    }

    // also what is acknowledged already is taken, so that one force of the list of acknowledgements serves all of it
    private void settle(int atMost) throws InterruptedException {
        List<SequenceRange> ranges = new ArrayList<>();
        try {
            while (pending.size() > atMost
                    || (!pending.isEmpty() && pending.peek().append.isDone())) {
                ranges.add(await(pending.peek()));
                Pending done = pending.remove();
                acknowledged.add(ranges.get(ranges.size() - 1), done.endRow - done.firstRow, done.position);
            }
        } finally {
            acknowledged.keep(ranges);
        }
        show("");
    }

    private SequenceRange await(Pending batch) throws InterruptedException {
        while (true) {
            try {
                return batch.append.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                show("waiting for the storage");
            } catch (ExecutionException e) {
                throw Futures.failure(e);
            }
        }
    }

    // the log tells of every batch what became of it, also after one has failed
    private void drain() throws InterruptedException {
        while (!pending.isEmpty()) {
            try {
                settle(0);
            } catch (SeawallException | CommandFailedException e) {
                Pending failed = pending.remove();
                acknowledged.missing(failed.firstRow, failed.endRow - 1);
            }
        }
    }

    private void show(String remark) {
        progress.show(acknowledged.rows(), acknowledged.position(), remark);
    }
}
