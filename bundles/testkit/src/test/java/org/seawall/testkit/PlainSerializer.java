package org.seawall.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** A small format, right in everything but its flaw: magic, length, fields, checksum; frames see {@link PlainFormat}. */
final class PlainSerializer implements BatchSerializer {
    private static final byte[] MAGIC = {'P', 'L', 'N', '1'};
    private static final int MAX_HEADER_BYTES = 8_192;

    private final PlainFlaw flaw;
    private volatile List<byte[]> shared = List.of();

    PlainSerializer(PlainFlaw flaw) {
        this.flaw = flaw;
    }

    static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    @Override
    public String format() {
        return flaw == PlainFlaw.FORMAT_CHANGES ? "plain" + System.nanoTime() : "plain";
    }

    @Override
    public EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis) {
        List<byte[]> encoded = new ArrayList<>();
        if (flaw == PlainFlaw.THREADS_SHARE_A_BUFFER) {
            shared = encoded;
            Thread.yield();
        }
        for (Entry entry : entries) {
            encoded.add(PlainEntries.bytes(entry, defaultTimestampMillis, flaw));
        }
        return new PlainBatch(flaw == PlainFlaw.THREADS_SHARE_A_BUFFER ? shared : encoded, given(entries), flaw);
    }

    private List<Entry> given(List<Entry> entries) {
        boolean timed = entries.stream().allMatch(entry -> entry.timestampMillis() != 0);
        return flaw == PlainFlaw.KEEPS_THE_ENTRIES_THEMSELVES || timed ? entries : List.of();
    }

    @Override
    public boolean encoded(EncodedBatch batch) {
        return batch instanceof PlainBatch || flaw == PlainFlaw.CLAIMS_ANY_BATCH;
    }

    @Override
    public SegmentFormat begin(SegmentHeader header) {
        byte[] fields = fields(header);
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + 4 + fields.length + 4);
        bytes.put(MAGIC).putInt(fields.length).put(fields);
        bytes.putInt(checksum(bytes.array(), 0, bytes.position()));
        return new PlainFormat(header, bytes.array(), flaw);
    }

    private byte[] fields(SegmentHeader header) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(header.collection());
            out.writeLong(header.segment());
            out.writeLong(header.epoch());
            out.writeLong(header.firstSequence());
            out.writeUTF(header.predecessor());
            out.writeInt(header.predecessorChain());
            out.writeUTF(flaw == PlainFlaw.FORGETS_THE_SUCCESSOR ? "" : header.successor());
            out.writeBoolean(header.covers().isPresent() && flaw != PlainFlaw.FORGETS_WHAT_IT_COVERS);
            Coverage covers = header.covers().orElse(Coverage.upTo(0));
            out.writeLong(covers.firstSegment());
            out.writeInt(covers.firstChain());
            out.writeLong(covers.lastSequence());
            out.writeLong(covers.entries());
            out.writeLong(covers.flushed());
            out.writeLong(header.createdMillis());
            out.writeLong(flaw == PlainFlaw.HEADER_WITH_A_TIME ? System.nanoTime() : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public boolean recognizes(FileInput input) throws IOException {
        return flaw == PlainFlaw.RECOGNIZES_ANYTHING || Arrays.equals(start(input, MAGIC.length), MAGIC);
    }

    @Override
    public SegmentFormat open(FileInput input) throws IOException {
        byte[] start = start(input, MAX_HEADER_BYTES);
        int fields = start.length < 12 ? -1 : ByteBuffer.wrap(start).getInt(4);
        int end = 8 + fields;
        if (fields < 0 || fields > start.length - 12) {
            throw corrupt("header is cut off", input);
        }
        int checksum = ByteBuffer.wrap(start).getInt(end);
        if (flaw != PlainFlaw.CHECKS_NO_HEADER && checksum != checksum(start, 0, end)) {
            throw corrupt("header checksum mismatch", input);
        }
        return new PlainFormat(header(Arrays.copyOfRange(start, 8, end)), Arrays.copyOf(start, end + 4), flaw);
    }

    private static LogCorruptException corrupt(String fact, FileInput input) {
        return new LogCorruptException(
                fact, "a header", "another", 0, input.location().toString());
    }

    private static SegmentHeader header(byte[] fields) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(fields));
        return new SegmentHeader(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readUTF(),
                in.readInt(),
                in.readUTF(),
                coverage(in),
                in.readLong());
    }

    private static Optional<Coverage> coverage(DataInputStream in) throws IOException {
        boolean present = in.readBoolean();
        Coverage covers = new Coverage(in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readLong());
        return present ? Optional.of(covers) : Optional.empty();
    }

    private static byte[] start(FileInput input, int length) throws IOException {
        byte[] start = new byte[(int) Math.min(input.size(), length)];
        input.read(0, ByteBuffer.wrap(start));
        return start;
    }
}
