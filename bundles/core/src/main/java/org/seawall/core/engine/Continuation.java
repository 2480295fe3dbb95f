package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;

/**
 * The end of a log that was sealed, from which it goes on with other services. What is in memory stays there: the storage is
 * asked only whether it ends where the log was left. If it goes on behind that end, somebody else has written to it, and it
 * is read as a whole. For one thread at a time; may be tried again.
 */
public final class Continuation {
    private static final int LOOK_BYTES = 64;

    private final BatchLog sealed;
    private final LogLayout layout;
    /** Changes when the active segment of another strategy was sealed. */
    private Left left;

    /** Behind a log whose files are closed. */
    Continuation(BatchLog sealed, LogLayout layout, Left left) {
        this.sealed = sealed;
        this.layout = layout;
        this.left = left;
    }

    /**
     * Goes on with other services, in a higher epoch.
     *
     * @param next what to write with from now on
     * @return the log with the memory of the sealed one, or with one of its own if the storage was read again; or why there
     *     is none, and the sealed one is as it was
     */
    public Opening open(Session next) {
        try {
            Optional<Opening> opened = openedAtEnd(next);
            return opened.isPresent() ? opened.get() : readAgain(next);
        } catch (IOException | SeawallException e) {
            return Opening.Refused.unavailable(e);
        }
    }

    /** Empty if the storage does not end where the log was left, but goes on behind it. */
    private Optional<Opening> openedAtEnd(Session next) throws IOException {
        Backend backend = next.backend();
        Optional<Head> end = end(backend);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Opening.Opened(written(next, layout, end.get())));
    }

    /**
     * What of the log lies in the place where it was sealed.
     *
     * @return up to where
     */
    public Crossing crossing() {
        Head end = left.head();
        return left.active()
                .map(active -> new Crossing(
                        end.segment(), end.name(), active.headerBytes().remaining()))
                .orElseGet(() -> new Crossing(end.segment(), "", 0));
    }

    /**
     * Whether another writer has gone on with the log since it was sealed.
     *
     * @param old reads where it was sealed
     * @return false where the storage has locks
     * @throws IOException if the storage fails
     */
    public boolean continued(Session old) throws IOException {
        Location next = layout.segments().segments().child(left.head().successor());
        return old.backend().shared() && old.backend().fileSystem().find(next).isPresent();
    }

    /**
     * Goes on in another place, in a higher epoch. Nothing is changed in the place where the log was sealed, from where it can
     * still go on as long as nothing was appended here.
     *
     * @param next reads both places, see {@link AcrossFiles}, and writes in the other one
     * @param there the files in the other place
     * @return the log with the memory of the sealed one, or why there is none
     */
    public Opening openElsewhere(Session next, LogLayout there) {
        try {
            Head end = left.head().withoutActive();
            if (next.backend()
                    .fileSystem()
                    .find(there.segments().segments().child(end.successor()))
                    .isPresent()) {
                return readElsewhere(next, there); // an attempt that a crash cut off has left it
            }
            return new Opening.Opened(written(next, there, end));
        } catch (IOException | SeawallException e) {
            return Opening.Refused.unavailable(e);
        }
    }

    private Opening readElsewhere(Session next, LogLayout there) {
        Opening opening = BatchLog.open(next, there);
        if (opening instanceof Opening.Opened opened
                && opened.log().memtable().lastSequence() != sealed.memtable().lastSequence()) {
            opened.log().closeFiles();
            return Opening.Refused.unavailable(
                    new LogUnavailableException("log goes on in the other place already, expected sequence="
                            + sealed.memtable().lastSequence() + ", actual="
                            + opened.log().memtable().lastSequence() + ", log=" + there.directory()));
        }
        return opening;
    }

    private BatchLog written(Session next, LogLayout where, Head end) throws IOException {
        Backend backend = next.backend();
        SegmentStore store =
                next.reading().retries().of(() -> backend.strategy().open(backend.fileSystem(), where.segments()));
        boolean done = false;
        try {
            BatchLog log =
                    sealed.continued(next, where, SegmentWriter.resume(next, where, store, end.above(sealed.epoch())));
            done = true;
            return log;
        } finally {
            if (!done) {
                store.close();
            }
        }
    }

    private Optional<Head> end(Backend backend) throws IOException {
        if (left.active().isEmpty()) {
            return behindLast(backend);
        }
        Optional<Head> end = behindHeader(backend);
        if (end.isPresent() && !left.strategy().equals(backend.strategy().name())) {
            end = Optional.of(new ForeignActive(backend.fileSystem(), layout.segments()).sealed(end.get()));
            left = left.sealed(end.get());
        }
        return end;
    }

    /** The active segment is the one that was begun and holds nothing more. No format is needed to see that. */
    private Optional<Head> behindHeader(Backend backend) throws IOException {
        Location file = layout.segments().active();
        ByteBuffer header = left.active().get().headerBytes();
        Optional<FileInfo> found = backend.fileSystem().find(file);
        if (found.isEmpty() || !beginsWithAlone(backend, file, header.duplicate())) {
            return Optional.empty();
        }
        SegmentFile active = new SegmentFile(file, found.get().size(), true);
        Head.ActiveEnd end =
                new Head.ActiveEnd(active, left.serializer(), left.active().get(), header.remaining(), false);
        return Optional.of(left.head().withActive(end));
    }

    /** Behind the header there is nothing, or zeroes that are reserved: a batch would begin right there. */
    private static boolean beginsWithAlone(Backend backend, Location file, ByteBuffer header) throws IOException {
        int length = header.remaining();
        try (FileInput input = backend.fileSystem().open(file)) {
            ByteBuffer begin = ByteBuffer.allocate((int) Math.min(input.size(), length + (long) LOOK_BYTES));
            input.read(0, begin);
            begin.flip();
            return begin.limit() >= length
                    && begin.slice(0, length).equals(header)
                    && begin.position(length).equals(ByteBuffer.allocate(begin.remaining()));
        }
    }

    /** The last segment is there, or what stands for it, and the next one is not. */
    private Optional<Head> behindLast(Backend backend) throws IOException {
        Head head = left.head();
        Location segments = layout.segments().segments();
        if (backend.fileSystem().find(segments.child(head.successor())).isPresent() || passed(backend, head)) {
            return Optional.empty();
        }
        boolean there = head.segment() == 0
                || backend.fileSystem().find(segments.child(head.name())).isPresent()
                || covered(backend, head);
        return there ? Optional.of(head) : Optional.empty();
    }

    /**
     * Somebody who was entitled to may have gone on and archived the next segment since, with a snapshot of his. Where nobody
     * may, the next one stays for good.
     */
    private boolean passed(Backend backend, Head head) throws IOException {
        return !backend.shared()
                && backend.fileSystem().list(layout.segments().segments()).stream()
                        .flatMap(info -> Numbered.of(layout, info).stream())
                        .anyMatch(file -> file.last() > head.segment());
    }

    /** By a compacted run, or by the snapshot that was last seen: no format is needed to recognize it. */
    private boolean covered(Backend backend, Head head) throws IOException {
        boolean run = backend.fileSystem().list(layout.segments().segments()).stream()
                .flatMap(info -> Numbered.of(layout, info).stream())
                .anyMatch(file -> file.last() >= head.segment());
        return run
                || backend.fileSystem()
                        .find(layout.snapshot())
                        .filter(snapshot -> snapshot.size() == sealed.snapshotBytes())
                        .isPresent();
    }

    /** All that was acknowledged is on the storage of which the log was sealed: another one is not taken for it. */
    private Opening readAgain(Session next) {
        Opening opening = layout.writers() == LogLayout.Writers.MANY
                ? BatchLog.open(next, layout)
                : BatchLog.openAfterFailure(next, sealed);
        if (opening instanceof Opening.Opened opened
                && opened.log().memtable().lastSequence() < sealed.memtable().lastSequence()) {
            opened.log().close();
            return Opening.Refused.unavailable(new LogUnavailableException(
                    "storage does not hold what was acknowledged, is it the same? expected sequence="
                            + sealed.memtable().lastSequence() + ", actual="
                            + opened.log().memtable().lastSequence() + ", log=" + layout.directory()));
        }
        return opening;
    }

    /**
     * Whether another writer has taken the log over, as far as an attempt to go on tells.
     *
     * @param opening what came of the attempt
     * @return the fence, or empty
     */
    public static Optional<LogFencedException> fence(Opening opening) {
        return opening instanceof Opening.Refused refused && refused.cause() instanceof LogFencedException fenced
                ? Optional.of(fenced)
                : Optional.empty();
    }
}
