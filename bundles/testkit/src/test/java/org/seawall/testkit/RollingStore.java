package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;

/** The segments of a {@link RollingStrategy}, with its flaw. */
final class RollingStore implements SegmentStore {
    private final FileSystem files;
    private final SegmentLayout layout;
    private final RollingFlaw flaw;
    private final List<List<ByteBuffer>> held = new ArrayList<>();
    private Optional<AppendFile> active = Optional.empty();
    private String name = "";
    private int headerBytes;
    private boolean poisoned;
    private boolean closed;

    RollingStore(FileSystem files, SegmentLayout layout, RollingFlaw flaw) {
        this.files = files;
        this.layout = layout;
        this.flaw = flaw;
    }

    static Location first(SegmentLayout layout) {
        return layout.directory().child("first");
    }

    private boolean is(RollingFlaw other) {
        return flaw == other;
    }

    @Override
    public List<SegmentFile> segments() throws IOException {
        List<SegmentFile> segments = new ArrayList<>();
        for (FileInfo info : sealed()) {
            segments.add(new SegmentFile(info.location(), info.size(), false));
        }
        Optional<FileInfo> found = files.find(layout.active());
        found.ifPresent(info -> segments.add(new SegmentFile(info.location(), info.size(), true)));
        if (found.isEmpty() && is(RollingFlaw.SHOWS_AN_ACTIVE_SEGMENT_THAT_IS_NOT_THERE)) {
            segments.add(new SegmentFile(layout.active(), 0, true));
        }
        if (is(RollingFlaw.ACTIVE_SEGMENT_FIRST)) {
            Collections.rotate(segments, 1);
        }
        return segments;
    }

    private List<FileInfo> sealed() throws IOException {
        try {
            return files.list(layout.segments());
        } catch (IOException e) {
            if (is(RollingFlaw.FAILED_LIST_IS_EMPTY)) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void cutTail(SegmentFile file, long end, Location copy) throws IOException {
        ByteBuffer tail = tail(file, end);
        if (is(RollingFlaw.CUTS_BEFORE_THE_COPY)) {
            cut(file, end);
            files.create(copy, List.of(tail));
        } else {
            files.create(copy, List.of(tail));
            cut(file, end);
        }
    }

    private ByteBuffer tail(SegmentFile file, long end) throws IOException {
        try (FileInput input = files.open(file.location())) {
            ByteBuffer tail = ByteBuffer.allocate((int) (input.size() - end));
            input.read(end, tail);
            tail.flip();
            while (!is(RollingFlaw.COPIES_THE_RESERVE_TOO) && tail.hasRemaining() && tail.get(tail.limit() - 1) == 0) {
                tail.limit(tail.limit() - 1);
            }
            return tail;
        }
    }

    private void cut(SegmentFile file, long end) throws IOException {
        try (AppendFile open = files.openAppendable(file.location(), end)) {
            open.truncate(end);
            if (!is(RollingFlaw.CUT_IS_NOT_FORCED)) {
                open.force();
            }
        }
    }

    @Override
    public void resume(SegmentFile file, String itsName, long end) throws IOException {
        AppendFile open = files.openAppendable(file.location(), end);
        if (!is(RollingFlaw.RESUMES_WITHOUT_A_FORCE)) {
            open.force();
        }
        active = Optional.of(open);
        name = itsName;
    }

    @Override
    public void begin(String nextName, ByteBuffer header) throws IOException {
        requireHealthy();
        poisoned = !is(RollingFlaw.TRIES_AGAIN_AFTER_A_FAILED_BEGIN);
        headerBytes = header.remaining();
        AppendFile next = active.isPresent() ? roll(active.get(), header) : found(header);
        active = Optional.of(next);
        name = nextName;
        poisoned = false;
    }

    private AppendFile found(ByteBuffer header) throws IOException {
        AppendFile file = prepared(first(layout), header);
        files.rename(first(layout), layout.active());
        files.forceDirectory(layout.directory());
        return file;
    }

    private AppendFile prepared(Location location, ByteBuffer header) throws IOException {
        files.delete(location);
        AppendFile file = files.createAppendable(location);
        file.write(header);
        if (!is(RollingFlaw.NEXT_SEGMENT_WITHOUT_A_FORCE)) {
            file.force();
        }
        return file;
    }

    private AppendFile roll(AppendFile old, ByteBuffer header) throws IOException {
        AppendFile next = prepared(layout.next(), header);
        files.forceDirectory(layout.directory());
        if (!is(RollingFlaw.SEALS_WITH_THE_RESERVE)) {
            old.truncate(old.position());
            if (!is(RollingFlaw.SEALS_WITHOUT_A_FORCE)) {
                old.force();
            }
        }
        old.close();
        Location sealed = layout.segments().child(name);
        if (is(RollingFlaw.SEALS_OVER_ANOTHER_S_SEGMENT)) {
            files.delete(sealed);
        }
        files.rename(layout.active(), sealed);
        boolean forgets = is(RollingFlaw.SEALS_WITHOUT_FORCING_THE_DIRECTORIES);
        if (!forgets) {
            files.forceDirectory(layout.segments());
        }
        if (!forgets && !is(RollingFlaw.NO_FORCE_BETWEEN_THE_RENAMES)) {
            files.forceDirectory(layout.directory());
        }
        files.rename(layout.next(), layout.active());
        if (!forgets && !is(RollingFlaw.NO_FORCE_AFTER_THE_LAST_RENAME)) {
            files.forceDirectory(layout.directory());
        }
        return next;
    }

    @Override
    public CompletableFuture<Void> write(List<ByteBuffer> frames) {
        return done(file -> {
            if (is(RollingFlaw.KEEPS_WRITES_IN_ITS_MEMORY)) {
                held.add(frames);
            } else {
                write(file, frames);
            }
        });
    }

    @Override
    public CompletableFuture<Void> sync() {
        CompletableFuture<Void> synced = done(file -> {
            if (is(RollingFlaw.KEEPS_WRITES_IN_ITS_MEMORY)) {
                writeHeld(file);
            }
            if (!is(RollingFlaw.ACKNOWLEDGES_BEFORE_THE_FORCE) && !is(RollingFlaw.SYNC_DOES_NOTHING)) {
                force(file);
            }
        });
        return is(RollingFlaw.HIDES_A_FAILED_SYNC) ? hidden(synced) : synced;
    }

    @Override
    public CompletableFuture<Void> commit(List<ByteBuffer> frames) {
        CompletableFuture<Void> committed = SegmentStore.super.commit(frames);
        return is(RollingFlaw.HIDES_A_FAILED_COMMIT) ? hidden(committed) : committed;
    }

    private static CompletableFuture<Void> hidden(CompletableFuture<Void> outcome) {
        return outcome.exceptionally(failure -> null);
    }

    private interface Step {
        void with(AppendFile file) throws IOException;
    }

    private CompletableFuture<Void> done(Step step) {
        try {
            requireHealthy();
            if (active.isEmpty() && !is(RollingFlaw.FORGIVES_A_CALL_OUT_OF_ORDER)) {
                throw new IllegalStateException("no segment was begun, directory=" + layout.directory());
            }
            poisoned = !is(RollingFlaw.TRIES_AGAIN_AFTER_A_FAILED_COMMIT);
            step.with(active.orElseThrow(() -> new IOException("no segment was begun")));
            poisoned = false;
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void write(AppendFile file, List<ByteBuffer> frames) throws IOException {
        if (is(RollingFlaw.NEWEST_GROUP_FIRST) && held.isEmpty() && file.position() > 1_000) {
            held.add(frames);
            return;
        }
        held.add(0, frames);
        writeHeld(file);
    }

    private void writeHeld(AppendFile file) throws IOException {
        for (List<ByteBuffer> group : held) {
            file.write(buffers(group));
        }
        held.clear();
    }

    private void force(AppendFile file) throws IOException {
        try {
            file.force();
        } catch (IOException e) {
            if (!is(RollingFlaw.ACKNOWLEDGES_AFTER_A_FAILED_FORCE)) {
                throw e;
            }
        }
    }

    private ByteBuffer[] buffers(List<ByteBuffer> group) {
        return group.stream()
                .limit(is(RollingFlaw.WRITES_A_THOUSAND_FRAMES) ? 1_000 : Integer.MAX_VALUE)
                .map(frame -> is(RollingFlaw.CONSUMES_THE_FRAMES) ? frame : frame.duplicate())
                .toArray(ByteBuffer[]::new);
    }

    private void requireHealthy() throws IOException {
        if (poisoned || closed && !is(RollingFlaw.WRITES_AFTER_CLOSE)) {
            throw new IOException("store is of no more use, directory=" + layout.directory());
        }
    }

    @Override
    public long activeBytes() {
        long bytes = active.map(AppendFile::position).orElse(0L);
        return is(RollingFlaw.FORGETS_THE_HEADER_S_LENGTH) ? bytes - headerBytes : bytes;
    }

    @Override
    public boolean segmentPerCommit() {
        return false;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (active.isPresent() && !is(RollingFlaw.WRITES_AFTER_CLOSE)) {
            active.get().close();
        }
    }
}
