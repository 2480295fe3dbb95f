package org.seawall.serializer.avro;

import java.util.Arrays;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.FrameReader;
import org.seawall.serializer.common.MalformedException;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.FrameRead;

/** Reads one datum, the record {@code Batch}. What is not exactly one throws {@link MalformedException}. */
final class BatchDecoder {
    private static final int MAX_CHECKSUM_BYTES = 5;

    private final byte[] bytes;
    private final int from;
    private final int to;

    /** Looks at a range of bytes; the batch keeps them all if it takes up most of them. */
    BatchDecoder(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * Reads the batch. Its checksum comes before the walk over the entries, so that damage is called a checksum mismatch
     * whatever it makes of the entries.
     *
     * @param frameBytes the length of the frame, for the result
     * @param version the version of the file that it stands in
     */
    FrameRead.Frame decode(long frameBytes, FormatVersion version) {
        AvroInput input = new AvroInput(bytes, from, to);
        BatchHeader header = BatchFields.read(input, version);
        int begin = input.position();
        int end = entriesEnd(begin);
        int entriesChecksum = BatchChecksum.of(bytes, begin, end);
        int checksum = BatchChecksum.continued(entriesChecksum, bytes, from, begin);
        long stored = new AvroInput(bytes, end, to).readLong();
        if (stored != Integer.toUnsignedLong(checksum)) {
            throw new MalformedException(
                    "batch checksum mismatch", String.format("%08x", stored), BatchChecksum.hex(checksum));
        }
        return new FrameRead.Frame(header, entries(begin, end, entriesChecksum), checksum, frameBytes);
    }

    /** Where the checksum begins: it is the last number, and the byte before it, the end of an array, is a zero. */
    private int entriesEnd(int begin) {
        int end = to - 1;
        while (end > begin && bytes[end - 1] < 0) {
            end--;
        }
        if (end <= begin || to - end > MAX_CHECKSUM_BYTES) {
            throw new MalformedException("no batch checksum", "1 to 5 bytes", to - end + " bytes");
        }
        return end;
    }

    /** What stays in memory is the entries alone, unless a copy costs more than what stands around them. */
    private AvroEncodedBatch entries(int begin, int end, int checksum) {
        if (bytes.length <= FrameReader.WINDOW_BYTES) {
            byte[] kept = Arrays.copyOfRange(bytes, begin, end);
            return new AvroEncodedBatch(kept, EntryBoundaries.of(kept, 0, kept.length), checksum);
        }
        return new AvroEncodedBatch(bytes, EntryBoundaries.of(bytes, begin, end), checksum);
    }
}
