package org.seawall.serializer.avro;

import org.seawall.serializer.common.WriterText;
import org.seawall.spi.serializer.BatchHeader;

/** The fields of a batch that stand before its entries. */
final class BatchFields {
    private BatchFields() {}

    static byte[] bytes(BatchHeader header) {
        int writerBytes = WriterText.bytes(header.writer());
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

    static BatchHeader read(AvroInput input) {
        long firstSequence = input.readLong();
        long epoch = input.readLong();
        String writer = WriterText.read(input, input.readLength());
        return new BatchHeader(firstSequence, epoch, writer, input.readLong());
    }
}
