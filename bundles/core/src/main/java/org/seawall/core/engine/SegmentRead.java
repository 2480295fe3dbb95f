package org.seawall.core.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seawall.LogCorruptException;
import org.seawall.SeawallException;
import org.seawall.core.engine.TailCheck.Tail;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.strategy.SegmentFile;

/**
 * What a {@link SegmentScan} found in a file, kept until somebody goes through it. What went wrong is told where the scan
 * met it, so it makes no difference who read the file, and when.
 */
final class SegmentRead {
    private final Location location;
    private final List<FrameRead.Frame> frames = new ArrayList<>();
    private boolean opened;
    private long size;
    private BatchSerializer reader;
    private SegmentFormat format;
    private Optional<FrameRead.Damage> damage = Optional.empty();
    private Optional<LogCorruptException> finding = Optional.empty();
    private Exception failure;

    private SegmentRead(Location location) {
        this.location = location;
    }

    /** Reads a file. A failure of the storage is tried again first, then it is part of what was read. */
    static SegmentRead of(Location file, Backend backend, Retries retries, Progress progress) {
        return of(new SegmentFile(file, 0, false), backend, retries, progress);
    }

    /** Reads a segment, without looking it up again where it is known. */
    static SegmentRead of(SegmentFile file, Backend backend, Retries retries, Progress progress) {
        SegmentRead[] last = new SegmentRead[1];
        try {
            return retries.of(() -> {
                last[0] = new SegmentRead(file.location());
                last[0].readFrom(file, backend, progress);
                return last[0];
            });
        } catch (IOException | SeawallException e) {
            last[0].failure = e;
            return last[0];
        }
    }

    /** Opens a segment, without looking it up again where it is known. */
    static FileInput opened(SegmentFile file, FileSystem files) throws IOException {
        return file.version().isEmpty()
                ? files.open(file.location())
                : files.open(new FileInfo(file.location(), false, file.size(), file.version()));
    }

    private void readFrom(SegmentFile file, Backend backend, Progress progress) throws IOException {
        try (FileInput input = new BufferedInput(opened(file, backend.fileSystem()))) {
            opened = true;
            size = input.size();
            SegmentScan scan = SegmentScan.open(input, backend);
            reader = scan.reader();
            format = scan.format();
            scan.read((frame, offset) -> {
                frames.add(frame);
                progress.read(frame.length());
            });
            damage = scan.damage();
            finding = scan.damaged() ? Optional.of(scan.finding()) : Optional.empty();
            progress.read(size - framesBytes());
        } catch (IOException e) {
            progress.read(-framesBytes());
            throw e;
        }
    }

    private long framesBytes() {
        return frames.stream().mapToLong(FrameRead.Frame::length).sum();
    }

    Location location() {
        return location;
    }

    /** The length of the file. */
    long size() {
        return size;
    }

    /** Throws what went wrong if the file could not even be opened. */
    SegmentRead whereOpened() throws IOException {
        if (!opened) {
            throwFailure();
        }
        return this;
    }

    /** The format with the header, if it could be read. */
    SegmentFormat format() throws IOException {
        if (format == null) {
            throwFailure();
        }
        return format;
    }

    /** What wrote the file. */
    BatchSerializer reader() throws IOException {
        format();
        return reader;
    }

    /** Goes through the batches, and throws if the file could not be read to its end or to something that is none. */
    void read(SegmentScan.Batches visitor) throws IOException {
        long offset = begin();
        for (FrameRead.Frame frame : frames) {
            visitor.batch(frame, offset);
            offset += frame.length();
        }
        throwFailure();
    }

    /** Goes through the batches as long as more are wanted, and throws what is behind if it is wanted and is none. */
    void readWhile(BooleanSupplier wanted, SegmentScan.Batches visitor) throws IOException {
        long offset = begin();
        for (FrameRead.Frame frame : frames) {
            if (!wanted.getAsBoolean()) {
                return;
            }
            visitor.batch(frame, offset);
            offset += frame.length();
        }
        if (wanted.getAsBoolean()) {
            throwFailure();
            if (finding.isPresent()) {
                throw finding.get();
            }
        }
    }

    /** Goes through the batches of a file that ends with the last of them. */
    void readWhole(SegmentScan.Batches visitor) throws IOException {
        readWhile(() -> true, visitor);
    }

    /** What stands behind the last batch of an active segment; the file is looked at again if it is anything. */
    Tail tail(long nextSequence, Backend backend, Retries retries) throws IOException {
        if (damage.isEmpty()) {
            return Tail.END;
        }
        return retries.of(() -> {
            try (FileInput input = new BufferedInput(backend.fileSystem().open(location))) {
                return new TailCheck(input, format).judge(end(), damage.get(), nextSequence);
            }
        });
    }

    /** What is wrong behind the last batch. */
    LogCorruptException finding() {
        return finding.orElseThrow();
    }

    /** Where the batches begin. */
    long begin() throws IOException {
        return format().headerBytes().remaining();
    }

    /** Where the batches that were read end. */
    long end() throws IOException {
        return begin() + framesBytes();
    }

    private void throwFailure() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }
}
