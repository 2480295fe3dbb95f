package org.seawall.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seawall.Entry;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** A segment that a serializer has made, with the places of its frames. */
final class SegmentBytes {
    static final SegmentHeader HEADER = new SegmentHeader(
            "0b6bd1b5-92a8-4c39-9a5b-51a2f3a0d2c4",
            7,
            3,
            41,
            "wal_00000006_20250628141500.avro",
            0xc0ff_ee00,
            "wal_00000008_20250628142000.avro",
            Optional.empty(),
            1_751_120_400_000L);

    private final BatchSerializer serializer;
    private final SegmentFormat format;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<FrameBytes> frames = new ArrayList<>();
    private long nextSequence = HEADER.firstSequence();

    SegmentBytes(BatchSerializer serializer) {
        this.serializer = serializer;
        this.format = serializer.begin(HEADER);
        write(format.headerBytes());
    }

    SegmentFormat format() {
        return format;
    }

    SegmentBytes add(List<Entry> entries) {
        return add(serializer.encode(entries, 1), entries.size());
    }

    SegmentBytes add(EncodedBatch batch, int count) {
        FrameBytes frame = format.frame(header(nextSequence), batch);
        nextSequence += count;
        offsets.add(out.size());
        frames.add(frame);
        frame.bytes().forEach(this::write);
        return this;
    }

    static BatchHeader header(long firstSequence) {
        return new BatchHeader(
                firstSequence, HEADER.epoch(), "wrîter-7", firstSequence - 1, 1_751_120_400_000L + firstSequence);
    }

    int offset(int frame) {
        return offsets.get(frame);
    }

    FrameBytes frame(int frame) {
        return frames.get(frame);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    FrameRead read(int frame) throws IOException {
        return format.read(new BytesInput(bytes()), offset(frame));
    }

    static List<Entry> entries(EncodedBatch batch) {
        return IntStream.range(0, batch.count()).mapToObj(batch::entry).toList();
    }

    private void write(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.duplicate().get(copy);
        out.writeBytes(copy);
    }
}
