package org.seawall.serializer.avro;

import java.nio.charset.StandardCharsets;
import org.seawall.SerializationException;
import org.seawall.spi.serializer.BatchHeader;

/** The fields of a batch that stand before its entries. */
final class BatchFields {
    static final int MAX_WRITER_BYTES = 512;

    /** At most this much of a batch is not entries: four numbers, the writer, the checksum. */
    static final int MAX_BYTES = 1024;

    private BatchFields() {}

    static byte[] bytes(BatchHeader header) {
        int writerBytes = writerBytes(header.writer());
        AvroOutput output = new AvroOutput(AvroOutput.sizeOf(header.firstSequence())
                + AvroOutput.sizeOf(header.epoch())
                + (int) AvroOutput.sizeWithLength(writerBytes)
                + AvroOutput.sizeOf(header.durableSequence()));
        output.writeLong(header.firstSequence());
        output.writeLong(header.epoch());
        output.writeText(header.writer());
        output.writeLong(header.durableSequence());
        return output.bytes();
    }

    static BatchHeader read(byte[] bytes, AvroInput input) {
        long firstSequence = input.readLong();
        long epoch = input.readLong();
        int length = input.readLength();
        int begin = input.position();
        if (length > MAX_WRITER_BYTES || !Utf8.isValid(bytes, begin, begin + length)) {
            throw new MalformedException(
                    "writer not readable", "UTF-8 of at most " + MAX_WRITER_BYTES + " bytes", length + " bytes");
        }
        input.skip(length);
        String writer = new String(bytes, begin, length, StandardCharsets.UTF_8);
        return new BatchHeader(firstSequence, epoch, writer, input.readLong());
    }

    private static int writerBytes(String writer) {
        int bytes;
        try {
            bytes = Utf8.length(writer);
        } catch (SerializationException e) {
            throw new SerializationException("text that UTF-8 cannot hold, field=writer", e);
        }
        if (bytes > MAX_WRITER_BYTES) {
            throw new SerializationException("writer too long, bytes=" + bytes + ", limit=" + MAX_WRITER_BYTES);
        }
        return bytes;
    }
}
