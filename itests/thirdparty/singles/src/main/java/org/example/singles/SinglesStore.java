package org.example.singles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.seawall.LogFencedException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/** The files of one log. After the first failure nothing more is written: what is on the storage has to be read again. */
final class SinglesStore implements SegmentStore {
    private final FileSystem fileSystem;
    private final Location segments;
    private final List<ByteBuffer> content = new ArrayList<>();
    private Location segment;
    private long activeBytes;
    private boolean usable = true;

    SinglesStore(FileSystem fileSystem, Location segments) {
        this.fileSystem = fileSystem;
        this.segments = segments;
        this.segment = segments;
    }

    @Override
    public List<SegmentFile> segments() throws IOException {
        return fileSystem.list(segments).stream()
                .filter(info -> !info.directory())
                .map(SegmentFile::sealed)
                .toList();
    }

    /** Nothing is seen of a segment before its first and only group. */
    @Override
    public void begin(String name, ByteBuffer header) throws IOException {
        requireUsable();
        segment = segments.child(name);
        content.clear();
        content.add(ByteBuffer.allocate(header.remaining()).put(header).flip());
        activeBytes = content.get(0).remaining();
    }

    /** Without frames it is a segment all the same: the fence that earlier writers meet. */
    @Override
    public CompletableFuture<Void> write(List<ByteBuffer> frames) {
        try {
            requireUsable();
            if (content.isEmpty()) {
                throw new IllegalStateException("no segment was begun for the group, directory=" + segments);
            }
            // the frames stay their owner's, so what is consumed is a view of them
            frames.forEach(frame -> content.add(frame.duplicate()));
            activeBytes = content.stream().mapToLong(ByteBuffer::remaining).sum();
            usable = false;
            create();
            usable = true;
            content.clear();
            return CompletableFuture.completedFuture(null);
        } catch (IOException | SeawallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void create() throws IOException {
        try {
            FileInfo created = fileSystem.create(segment, content);
            activeBytes = created.size();
        } catch (FileAlreadyExistsException e) {
            throw new LogFencedException("another writer has begun the segment, file=" + segment, e);
        }
    }

    /** A file is durable when it was created. */
    @Override
    public CompletableFuture<Void> sync() {
        try {
            requireUsable();
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void cutTail(SegmentFile active, long end, Location copy) {
        throw new UnsupportedOperationException("what was created whole has no torn tail, file=" + active.location());
    }

    @Override
    public void resume(SegmentFile active, String name, long end) {
        throw new UnsupportedOperationException("what was created whole does not grow, file=" + active.location());
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
        usable = false;
    }

    private void requireUsable() throws IOException {
        if (!usable) {
            throw new IOException("store is closed, or has failed before, directory=" + segments);
        }
    }
}
