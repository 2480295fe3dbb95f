package org.seawall.strategy.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.LogFencedException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/** The segments of one log: one creation for a group, in the caller's thread. A begun segment is nowhere until its write. */
final class ObjectStore implements SegmentStore {

    private final FileSystem fileSystem;
    private final Location segments;
    private Optional<BegunSegment> begun = Optional.empty();
    private long activeBytes;
    private boolean closed;
    private boolean poisoned;
    private Throwable failure;

    ObjectStore(FileSystem fileSystem, Location segments) {
        this.fileSystem = fileSystem;
        this.segments = segments;
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
        poisoning(() -> {
            if (begun.isPresent()) {
                throw new IllegalStateException(
                        "segment was begun and not written, file=" + begun.get().location());
            }
            ByteBuffer copy = ByteBuffer.allocate(header.remaining());
            begun = Optional.of(
                    new BegunSegment(segments.child(name), copy.put(header).flip()));
            activeBytes = copy.remaining();
        });
    }

    @Override
    public CompletableFuture<Void> write(List<ByteBuffer> frames) {
        return done(() -> activeBytes = created(frames).size());
    }

    /** What is created is durable, so only a store that is of no more use has to say so. */
    @Override
    public CompletableFuture<Void> sync() {
        return done(() -> {});
    }

    private CompletableFuture<Void> done(Step step) {
        try {
            poisoning(step);
            return CompletableFuture.completedFuture(null);
        } catch (IOException | SeawallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private FileInfo created(List<ByteBuffer> frames) throws IOException {
        BegunSegment segment = begun.orElseThrow(
                () -> new IllegalStateException("no segment was begun for the group, directory=" + segments));
        begun = Optional.empty();
        try {
            return fileSystem.create(segment.location(), segment.with(frames));
        } catch (FileAlreadyExistsException e) {
            throw new LogFencedException("another writer has begun the segment, file=" + segment.location(), e);
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

    @Override
    public void close() {
        closed = true;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Poisons before the step and heals after it, so that a failure of any kind in between poisons. */
    private void poisoning(Step step) throws IOException {
        if (closed) {
            throw new IOException("segment store is closed, directory=" + segments);
        }
        if (poisoned) {
            throw new IOException("segment store is poisoned since an earlier failure, directory=" + segments, failure);
        }
        poisoned = true;
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
        poisoned = false;
    }
}
