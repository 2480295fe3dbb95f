package org.seawall.strategy.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/** The segments of one log: written and forced in the caller's thread. */
final class AppendStore implements SegmentStore {

    private final AppendFiles files;
    private final Poison poison;
    private Optional<OpenSegment> open = Optional.empty();

    AppendStore(AppendFiles files) {
        this.files = files;
        this.poison = new Poison("file=" + files.active());
    }

    /** The active segment while it is written. */
    private record OpenSegment(String name, AppendFile file) {}

    @Override
    public List<SegmentFile> segments() throws IOException {
        return files.segments();
    }

    @Override
    public void cutTail(SegmentFile active, long end, Location copy) throws IOException {
        poison.around(() -> {
            requireUnopened(active);
            new TornTail(files.fileSystem(), active.location(), end).cut(copy);
        });
    }

    /** What was read back may be in the memory of the system only, so it is forced. */
    @Override
    public void resume(SegmentFile active, String name, long end) throws IOException {
        poison.around(() -> {
            requireUnopened(active);
            AppendFile file = files.fileSystem().openAppendable(active.location(), end);
            open = Optional.of(new OpenSegment(name, AppendFiles.closingOnFailure(file, AppendFile::force)));
        });
    }

    @Override
    public void begin(String name, ByteBuffer header) throws IOException {
        poison.around(() -> open = Optional.of(new OpenSegment(name, begun(header))));
    }

    private AppendFile begun(ByteBuffer header) throws IOException {
        if (open.isPresent()) {
            return files.roll(open.get().file(), open.get().name(), header);
        }
        if (files.activeExists()) {
            throw new IllegalStateException("active segment was not resumed, file=" + files.active());
        }
        return files.begin(header);
    }

    @Override
    public CompletableFuture<Void> write(List<ByteBuffer> frames) {
        return done(
                "write",
                () -> active().write(frames.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new)));
    }

    @Override
    public CompletableFuture<Void> sync() {
        return done("force", () -> active().force());
    }

    private AppendFile active() {
        return open.orElseThrow(() -> new IllegalStateException("no segment was begun, file=" + files.active()))
                .file();
    }

    private CompletableFuture<Void> done(String what, Poison.Step step) {
        try {
            poison.around(step);
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new IOException(what + " failed, file=" + files.active(), e));
        } catch (SeawallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public long activeBytes() {
        return open.map(segment -> segment.file().position()).orElse(0L);
    }

    @Override
    public boolean segmentPerCommit() {
        return false;
    }

    @Override
    public void close() throws IOException {
        poison.close();
        if (open.isPresent()) {
            open.get().file().close();
        }
    }

    private void requireUnopened(SegmentFile active) {
        if (open.isPresent() || !active.active() || !active.location().equals(files.active())) {
            throw new IllegalStateException("not the active segment of an unopened log, file=" + active.location());
        }
    }
}
