package org.seawall.core.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.seawall.spi.strategy.SegmentFile;

/**
 * Reads and verifies the segments of a log ahead of the one who enters them in order, several at a time, as far as number
 * and bytes allow. A segment that no reader has begun when its turn comes is read by the one who wants it, so that nobody
 * waits for a thread. For one thread.
 */
final class SegmentReadAhead implements AutoCloseable {
    private record Ahead(SegmentFile file, FutureTask<SegmentRead> read) {}

    private final Backend backend;
    private final Reading reading;
    private final Progress progress;
    private final Queue<SegmentFile> files;
    private final ArrayDeque<Ahead> ahead = new ArrayDeque<>();

    SegmentReadAhead(List<SegmentFile> files, Backend backend, Reading reading, Progress progress) {
        this.files = new ArrayDeque<>(files);
        this.backend = backend;
        this.reading = reading;
        this.progress = progress;
    }

    /** The next segment, in the order of the files. Nothing is thrown of what went wrong with it: it says so itself. */
    SegmentRead next() throws IOException {
        fill();
        if (ahead.isEmpty()) {
            return read(files.remove());
        }
        Ahead next = ahead.remove();
        try {
            next.read().run();
            return next.read().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a segment was read, file=" + next.file());
        } catch (ExecutionException e) {
            throw new IllegalStateException("segment not read, file=" + next.file(), e.getCause());
        } finally {
            reading.budget().giveBack(next.file().size());
        }
    }

    /** Forgets what is read ahead; reads that have begun end by themselves. */
    @Override
    public void close() {
        for (Ahead left : ahead) {
            left.read().cancel(false);
            reading.budget().giveBack(left.file().size());
        }
        ahead.clear();
    }

    private void fill() {
        while (!files.isEmpty()
                && ahead.size() < reading.segments()
                && reading.budget().take(files.peek().size())) {
            SegmentFile file = files.remove();
            FutureTask<SegmentRead> read = new FutureTask<>(() -> read(file));
            ahead.add(new Ahead(file, read));
            reading.readers().execute(read);
        }
    }

    private SegmentRead read(SegmentFile file) {
        return SegmentRead.of(file, backend, reading.retries(), progress);
    }
}
