package org.seawall.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.Operation;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * A small real format of payloads: a magic of 16 bytes, then frames of length, checksum, first sequence, epoch, durable
 * sequence, time and the payloads, each behind its length.
 */
record MemoryFormat(Optional<Coverage> covers) implements BatchSerializer, SegmentFormat {
    static final byte[] MAGIC = "seawall memory 1".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_HEADER = 40;

    MemoryFormat() {
        this(Optional.empty());
    }

    @Override
    public String format() {
        return "memory";
    }

    @Override
    public EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis) {
        return new Batch(entries);
    }

    @Override
    public boolean encoded(EncodedBatch batch) {
        return batch instanceof Batch;
    }

    @Override
    public SegmentFormat begin(SegmentHeader header) {
        return this;
    }

    @Override
    public boolean recognizes(FileInput input) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(MAGIC.length - 2);
        if (input.size() < magic.capacity()) {
            return false;
        }
        input.read(0, magic);
        return magic.flip().equals(ByteBuffer.wrap(MAGIC, 0, magic.capacity()));
    }

    @Override
    public SegmentFormat open(FileInput input) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(MAGIC.length);
        input.read(0, magic);
        if (magic.get(MAGIC.length - 1) != '1') {
            throw new LogCorruptException(
                    "unknown version",
                    "1",
                    "" + (char) magic.get(MAGIC.length - 1),
                    15,
                    input.location().toString());
        }
        return this;
    }

    @Override
    public SegmentHeader header() {
        return new SegmentHeader("the-collection", 2, 3, 4, "before", 0xabcd, "behind", covers, 1_000);
    }

    @Override
    public ByteBuffer headerBytes() {
        return ByteBuffer.wrap(MAGIC).asReadOnlyBuffer();
    }

    @Override
    public byte[] marker() {
        return MAGIC.clone();
    }

    @Override
    public boolean current() {
        return true;
    }

    @Override
    public FrameBytes frame(BatchHeader header, EncodedBatch batch) {
        List<Entry> entries = ((Batch) batch).entries;
        int length = FRAME_HEADER
                + entries.stream().mapToInt(entry -> 4 + entry.payload().length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.putInt(length)
                .putInt(0)
                .putLong(header.firstSequence())
                .putLong(header.epoch())
                .putLong(header.durableSequence())
                .putLong(header.writtenMillis());
        entries.forEach(entry -> bytes.putInt(entry.payload().length).put(entry.payload()));
        int checksum = checksum(bytes.flip());
        return new FrameBytes(List.of(bytes.putInt(4, checksum)), length, checksum);
    }

    @Override
    public FrameRead read(FileInput input, long offset) throws IOException {
        long left = input.size() - offset;
        if (left < FRAME_HEADER) {
            return new FrameRead.Damage("file ends within a batch", FRAME_HEADER + " bytes", left + " bytes", 0);
        }
        ByteBuffer length = ByteBuffer.allocate(4);
        input.read(offset, length);
        if (length.getInt(0) < FRAME_HEADER || length.getInt(0) > left) {
            return new FrameRead.Damage("length out of range", FRAME_HEADER + " to " + left, "" + length.getInt(0), 0);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length.getInt(0));
        input.read(offset, bytes);
        bytes.flip();
        int checksum = bytes.getInt(4);
        if (checksum != checksum(bytes)) {
            return new FrameRead.Damage(
                    "batch checksum mismatch",
                    String.format("%08x", checksum),
                    String.format("%08x", checksum(bytes)),
                    bytes.capacity());
        }
        BatchHeader header =
                new BatchHeader(bytes.getLong(8), bytes.getLong(16), "w", bytes.getLong(24), bytes.getLong(32));
        return new FrameRead.Frame(header, decode(bytes.position(FRAME_HEADER)), checksum, bytes.capacity());
    }

    private static Batch decode(ByteBuffer bytes) {
        List<Entry> entries = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] payload = new byte[bytes.getInt()];
            bytes.get(payload);
            entries.add(Entry.payload("", payload));
        }
        return new Batch(entries);
    }

    private static int checksum(ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame.duplicate().position(8));
        return (int) crc.getValue();
    }

    private record Batch(List<Entry> entries) implements EncodedBatch {
        @Override
        public int count() {
            return entries.size();
        }

        @Override
        public int sizeBytes() {
            return entries.stream().mapToInt(entry -> entry.payload().length).sum();
        }

        @Override
        public int entryBytes(int index) {
            return entries.get(index).payload().length;
        }

        @Override
        public Operation operation(int index) {
            return entries.get(index).operation();
        }

        @Override
        public byte[] id(int index) {
            return entries.get(index).id().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean idEquals(int index, byte[] utf8) {
            return Arrays.equals(id(index), utf8);
        }

        @Override
        public long expiresAtMillis(int index) {
            return entries.get(index).expiresAtMillis();
        }

        @Override
        public int dimension(int index) {
            return 0;
        }

        @Override
        public void vector(int index, float[] target) {
            // payloads have none
        }

        @Override
        public Entry entry(int index) {
            return entries.get(index);
        }
    }
}
