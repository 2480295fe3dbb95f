package org.seawall.strategy.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/** The segments of one log, of which the newest grows under its own name: one append for a group, in the caller's thread. */
final class SealStore implements SegmentStore {

    private final FileSystem fileSystem;
    private final Location segments;
    private final Poison poison;
    private Optional<GrowingSegment> open = Optional.empty();

    SealStore(FileSystem fileSystem, Location segments) {
        this.fileSystem = fileSystem;
        this.segments = segments;
        this.poison = new Poison("directory=" + segments);
    }

    @Override
    public List<SegmentFile> segments() throws IOException {
        return fileSystem.list(segments).stream()
                .filter(info -> !info.directory())
                .map(info -> new SegmentFile(info.location(), info.size(), false))
                .toList();
    }

    @Override
    public void cutTail(SegmentFile active, long end, Location copy) {
        throw new UnsupportedOperationException(
                "an append is whole or absent, so there is no torn tail, end=" + end + ", file=" + active.location());
    }

    @Override
    public void resume(SegmentFile active, String name, long end) {
        throw new UnsupportedOperationException(
                "a segment is not gone on with by another writer, end=" + end + ", file=" + active.location());
    }

    /** The segment before is sealed first, by whoever it is. */
    @Override
    public void begin(String name, ByteBuffer header) throws IOException {
        poison.around(() -> {
            if (open.isPresent()) {
                open.get().seal();
            }
            open = Optional.of(new GrowingSegment(fileSystem, segments.child(name), header));
        });
    }

    @Override
    public CompletableFuture<Void> write(List<ByteBuffer> frames) {
        return done(() -> open.orElseThrow(
                        () -> new IllegalStateException("no segment was begun for the group, directory=" + segments))
                .write(frames));
    }

    /** What is appended is durable, so only a store that is of no more use has to say so. */
    @Override
    public CompletableFuture<Void> sync() {
        return done(() -> {});
    }

    private CompletableFuture<Void> done(Poison.Step step) {
        try {
            poison.around(step);
            return CompletableFuture.completedFuture(null);
        } catch (IOException | SeawallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public long activeBytes() {
        return open.map(GrowingSegment::bytes).orElse(0L);
    }

    @Override
    public boolean segmentPerCommit() {
        return false;
    }

    @Override
    public boolean activeFile() {
        return false;
    }

    @Override
    public boolean takes(long bytes) {
        return open.isPresent() && open.get().takes(bytes);
    }

    @Override
    public void close() {
        poison.close();
    }
}
