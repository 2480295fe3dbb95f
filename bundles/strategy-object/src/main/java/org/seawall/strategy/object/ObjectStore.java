package org.seawall.strategy.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.LogFencedException;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/**
 * The segments of one log: one creation for a group, by the threads of the strategy, or in the caller's. A begun segment is
 * nowhere until its write.
 */
final class ObjectStore implements SegmentStore {

    private final FileSystem fileSystem;
    private final Location segments;
    private final CreationThreads.Pool threads;
    private final Creations creations;
    private Optional<BegunSegment> begun = Optional.empty();
    private long activeBytes;
    private boolean closed;

    /** Of a call; that of a creation is known there. */
    private Optional<Throwable> failure = Optional.empty();

    ObjectStore(FileSystem fileSystem, Location segments, CreationThreads.Pool threads) {
        this.fileSystem = fileSystem;
        this.segments = segments;
        this.threads = threads;
        this.creations = new Creations(threads.executor());
    }

    /** The segment that the next group goes into. */
    private record BegunSegment(Location location, ByteBuffer header) {

        /** Buffers of their own, since the creation consumes them and the frames stay their owner's. */
        List<ByteBuffer> with(List<ByteBuffer> frames) {
            List<ByteBuffer> content = new ArrayList<>(frames.size() + 1);
            content.add(header.duplicate());
            frames.forEach(frame -> content.add(frame.duplicate()));
            return content;
        }
    }

    @Override
    public List<SegmentFile> segments() throws IOException {
        return fileSystem.list(segments).stream()
                .filter(info -> !info.directory())
                .map(SegmentFile::sealed)
                .toList();
    }

    @Override
    public void cutTail(SegmentFile active, long end, Location copy) {
        throw new UnsupportedOperationException(
                "a segment that was created whole has no torn tail, end=" + end + ", file=" + active.location());
    }

    @Override
    public void resume(SegmentFile active, String name, long end) {
        throw new UnsupportedOperationException(
                "a segment that was created whole does not grow, end=" + end + ", file=" + active.location());
    }

    @Override
    public void begin(String name, ByteBuffer header) throws IOException {
        requireUsable();
        if (begun.isPresent()) {
            throw outOfOrder(
                    "segment was begun and not written, file=" + begun.get().location());
        }
        ByteBuffer copy = ByteBuffer.allocate(header.remaining());
        begun = Optional.of(
                new BegunSegment(segments.child(name), copy.put(header).flip()));
        activeBytes = copy.remaining();
    }

    @Override
    public CompletableFuture<Void> write(List<ByteBuffer> frames) {
        try {
            requireUsable();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        BegunSegment segment =
                begun.orElseThrow(() -> outOfOrder("no segment was begun for the group, directory=" + segments));
        begun = Optional.empty();
        List<ByteBuffer> content = segment.with(frames);
        activeBytes = content.stream().mapToLong(ByteBuffer::remaining).sum();
        return creations.add(segment.location(), () -> create(segment.location(), content));
    }

    /** What is created is durable, so only a store that is of no more use has to say so. */
    @Override
    public CompletableFuture<Void> sync() {
        try {
            requireUsable();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return creations.last();
    }

    private void create(Location file, List<ByteBuffer> content) throws IOException {
        try {
            fileSystem.create(file, content);
        } catch (FileAlreadyExistsException e) {
            throw new LogFencedException("another writer has begun the segment, file=" + file, e);
        }
    }

    @Override
    public long activeBytes() {
        return activeBytes;
    }

    @Override
    public boolean segmentPerCommit() {
        return true;
    }

    /** On return nothing is done on the storage any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            creations.close(new IOException("segment store is closed, directory=" + segments));
            threads.end().run();
        }
    }

    private IllegalStateException outOfOrder(String fact) {
        IllegalStateException e = new IllegalStateException(fact);
        failure = Optional.of(e);
        return e;
    }

    private void requireUsable() throws IOException {
        if (closed) {
            throw new IOException("segment store is closed, directory=" + segments);
        }
        Optional<Throwable> poison = failure.or(creations::poison);
        if (poison.isPresent()) {
            throw new IOException(
                    "segment store is poisoned since an earlier failure, directory=" + segments, poison.get());
        }
    }
}
