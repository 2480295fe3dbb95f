package org.seawall.serializer.protobuf;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.FrameReader;
import org.seawall.serializer.common.MalformedException;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.FrameRead;

/** Reads one message {@code Batch}. What is not exactly one throws {@link MalformedException}. */
final class BatchDecoder {
    static final int CHECKSUM_BYTES = Tags.BYTES + Integer.BYTES;

    private final byte[] bytes;
    private final int from;
    /** Where the checksum begins, the last field. */
    private final int end;

    /** Looks at a range of bytes; the batch keeps them all if it takes up most of them. */
    BatchDecoder(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.end = to - CHECKSUM_BYTES;
    }

    /**
     * Reads the batch. Its checksum comes before everything but the lengths of the entries, so that damage is called a
     * checksum mismatch whatever it makes of them. These lengths only say where to look at the sum on its way, which is
     * that of the entries alone, for whoever frames them again.
     *
     * @param frameBytes the length of the frame, for the result
     * @param version the version of the file that it stands in
     */
    FrameRead.Frame decode(long frameBytes, FormatVersion version) {
        EntryFields entries = EntryFields.of(bytes, from, end);
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, entries.end() - from);
        int entriesChecksum = (int) crc.getValue();
        crc.update(bytes, entries.end(), end - entries.end());
        int checksum = (int) crc.getValue();
        checkStored(checksum, BatchFields.checksumTag(version));
        ProtobufInput input = new ProtobufInput(bytes, entries.end(), end);
        BatchHeader header = BatchFields.read(input, version);
        input.expectEnd();
        return new FrameRead.Frame(header, kept(entries, entriesChecksum), checksum, frameBytes);
    }

    private void checkStored(int checksum, int tag) {
        ProtobufInput input = new ProtobufInput(bytes, end, end + CHECKSUM_BYTES);
        input.expect(tag);
        int stored = input.readFixed32();
        if (stored != checksum) {
            throw new MalformedException(
                    "batch checksum mismatch", BatchChecksum.hex(stored), BatchChecksum.hex(checksum));
        }
    }

    /** What stays in memory is the entries alone, unless a copy costs more than what stands around them. */
    private ProtobufEncodedBatch kept(EntryFields entries, int checksum) {
        if (bytes.length <= FrameReader.WINDOW_BYTES) {
            byte[] kept = Arrays.copyOfRange(bytes, from, entries.end());
            EntryFields alone = new EntryFields(entries.count(), kept.length);
            return new ProtobufEncodedBatch(kept, EntryBoundaries.of(kept, 0, alone), checksum);
        }
        return new ProtobufEncodedBatch(bytes, EntryBoundaries.of(bytes, from, entries), checksum);
    }
}
