package org.seawall.serializer.avro;

import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.WriterText;
import org.seawall.spi.serializer.BatchHeader;

/** The fields of a batch that stand before its entries. */
final class BatchFields {
    private BatchFields() {}

    static byte[] bytes(BatchHeader header, FormatVersion version) {
        boolean withMoment = version != FormatVersion.V1;
        int writerBytes = WriterText.bytes(header.writer());
        AvroOutput output = new AvroOutput(AvroOutput.sizeOf(header.firstSequence())
                + AvroOutput.sizeOf(header.epoch())
                + (int) AvroOutput.sizeWithLength(writerBytes)
                + AvroOutput.sizeOf(header.durableSequence())
                + (withMoment ? AvroOutput.sizeOf(header.writtenMillis()) : 0));
        output.writeLong(header.firstSequence());
        output.writeLong(header.epoch());
        output.writeText(header.writer());
        output.writeLong(header.durableSequence());
        if (withMoment) {
            output.writeLong(header.writtenMillis());
        }
        return output.bytes();
    }

    static BatchHeader read(AvroInput input, FormatVersion version) {
        long firstSequence = input.readLong();
        long epoch = input.readLong();
        String writer = WriterText.read(input, input.readLength());
        long durableSequence = input.readLong();
        long writtenMillis = version == FormatVersion.V1 ? 0 : input.readLong();
        return new BatchHeader(firstSequence, epoch, writer, durableSequence, writtenMillis);
    }
}
