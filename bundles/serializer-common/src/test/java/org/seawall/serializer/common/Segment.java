package org.seawall.serializer.common;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** Builds the bytes of a segment with a serializer of ours, and reads them. */
public final class Segment {
    public static final SegmentHeader HEADER = new SegmentHeader(
            "0b6bd1b5-92a8-4c39-9a5b-51a2f3a0d2c4",
            7,
            3,
            41,
            "wal_00000006_20250628141500.avro",
            0x00c0ffee,
            "wal_00000008_20250628142000.avro",
            Optional.empty(),
            1_751_120_400_000L);

    private final BatchSerializer serializer;
    private final SegmentHeader header;
    private final SegmentFormat format;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> frameOffsets = new ArrayList<>();
    private long nextSequence = HEADER.firstSequence();

    public Segment(BatchSerializer serializer) {
        this(serializer, HEADER);
    }

    public Segment(BatchSerializer serializer, SegmentHeader header) {
        this.serializer = serializer;
        this.header = header;
        this.format = serializer.begin(header);
        write(format.headerBytes());
    }

    public FrameBytes add(List<Entry> entries) {
        FrameBytes frame = format.frame(nextHeader(), serializer.encode(entries, 0));
        nextSequence += entries.size();
        frameOffsets.add(out.size());
        frame.bytes().forEach(this::write);
        return frame;
    }

    public BatchHeader nextHeader() {
        return new BatchHeader(
                nextSequence,
                header.epoch(),
                "wrîter-" + header.epoch(),
                nextSequence - 1,
                writtenMillis(nextSequence));
    }

    static long writtenMillis(long firstSequence) {
        return 1_751_120_400_000L + firstSequence;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    public SegmentFormat format() {
        return format;
    }

    /** Where the frames begin. */
    public List<Integer> frameOffsets() {
        return frameOffsets;
    }

    /** All that is read from a file up to the first damage, which is the last element then. */
    public static List<FrameRead> readAll(BatchSerializer serializer, byte[] file) throws IOException {
        BytesInput input = new BytesInput(file);
        SegmentFormat format = serializer.open(input);
        List<FrameRead> reads = new ArrayList<>();
        long offset = format.headerBytes().remaining();
        while (offset < input.size()) {
            FrameRead read = format.read(input, offset);
            reads.add(read);
            if (!(read instanceof FrameRead.Frame frame)) {
                return reads;
            }
            offset += frame.length();
        }
        return reads;
    }

    public static List<Entry> entries(FrameRead read) {
        FrameRead.Frame frame = (FrameRead.Frame) read;
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < frame.batch().count(); i++) {
            entries.add(frame.batch().entry(i));
        }
        return entries;
    }

    public static byte[] joined(FrameBytes frame) {
        ByteBuffer all = ByteBuffer.allocate((int) frame.length());
        frame.bytes().forEach(part -> all.put(part.duplicate()));
        return all.array();
    }

    private void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        out.writeBytes(copy);
    }
}
