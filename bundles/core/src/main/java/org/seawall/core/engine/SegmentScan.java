package org.seawall.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seawall.LogCorruptException;
import org.seawall.core.engine.TailCheck.Tail;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * One pass over a file in the format of a segment: its header, then its batches up to the end of the file or to the first
 * thing that is none. Recovery and inspection read files with it, so that they say the same of them. For one thread.
 */
final class SegmentScan {
    /** What is done with a valid batch. */
    interface Batches {
        void batch(FrameRead.Frame frame, long offset) throws IOException;
    }

    private final FileInput input;
    private final BatchSerializer reader;
    private final SegmentFormat format;
    private long end;
    private Optional<FrameRead.Damage> damage = Optional.empty();

    private SegmentScan(FileInput input, BatchSerializer reader, SegmentFormat format) {
        this.input = input;
        this.reader = reader;
        this.format = format;
        this.end = format.headerBytes().remaining();
    }

    /**
     * Reads a header.
     *
     * @throws LogCorruptException if the file is none of a format that can be read
     */
    static SegmentScan open(FileInput input, List<BatchSerializer> readers) throws IOException {
        for (BatchSerializer reader : readers) {
            if (reader.recognizes(input)) {
                return new SegmentScan(input, reader, reader.open(input));
            }
        }
        throw new LogCorruptException(
                "not a segment",
                readers.stream().map(BatchSerializer::format).toList().toString(),
                "unknown format",
                0,
                input.location().toString());
    }

    /** Reads a header with the formats of a backend. */
    static SegmentScan open(FileInput input, Backend backend) throws IOException {
        return open(input, backend.readers());
    }

    /** Reads the batches. One that the visitor refuses with an exception is not counted as read. */
    void read(Batches visitor) throws IOException {
        while (end < input.size() && damage.isEmpty()) {
            FrameRead read = format.read(input, end);
            if (read instanceof FrameRead.Frame frame) {
                visitor.batch(frame, end);
                end += frame.length();
            } else {
                damage = Optional.of((FrameRead.Damage) read);
            }
        }
    }

    /** Reads the batches of a file that ends with the last of them. */
    void readWhole(Batches visitor) throws IOException {
        read(visitor);
        refuseDamage();
    }

    /** Throws what is wrong behind the last batch, if anything. */
    void refuseDamage() {
        if (damage.isPresent()) {
            throw finding();
        }
    }

    /** What stands behind the last batch of an active segment. */
    Tail tail(long nextSequence) throws IOException {
        return damage.isEmpty() ? Tail.END : new TailCheck(input, format).judge(end, damage.get(), nextSequence);
    }

    /** Whether something stands behind the batches that is none. */
    boolean damaged() {
        return damage.isPresent();
    }

    /** The same as a part of a segment. */
    Optional<FrameRead.Damage> damage() {
        return damage;
    }

    /** What is wrong behind the last batch. */
    LogCorruptException finding() {
        FrameRead.Damage found = damage.orElseThrow();
        return new LogCorruptException(
                found.fact(),
                found.expected(),
                found.actual(),
                end,
                input.location().toString());
    }

    /** Goes on with the next valid batch behind the damage, if there is one. */
    boolean skipDamage() throws IOException {
        long next = damage.isEmpty() ? -1 : new TailCheck(input, format).nextBatch(end);
        if (next < 0) {
            return false;
        }
        end = next;
        damage = Optional.empty();
        return true;
    }

    FileInput input() {
        return input;
    }

    BatchSerializer reader() {
        return reader;
    }

    SegmentFormat format() {
        return format;
    }

    SegmentHeader header() {
        return format.header();
    }

    /** Where the batches that were read end. */
    long end() {
        return end;
    }
}
