package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.WriterText;
import org.seawall.spi.serializer.BatchHeader;

/** The fields of a batch that stand between its entries and its checksum. */
final class BatchFields {
    private BatchFields() {}

    static byte[] bytes(BatchHeader header, FormatVersion version) {
        boolean withMoment = version != FormatVersion.V1;
        int writerBytes = WriterText.bytes(header.writer());
        ProtobufOutput output = new ProtobufOutput(ProtobufOutput.sizeOfNumber(header.firstSequence())
                + ProtobufOutput.sizeOfNumber(header.epoch())
                + (int) ProtobufOutput.sizeOfField(writerBytes)
                + ProtobufOutput.sizeOfNumber(header.durableSequence())
                + (withMoment ? ProtobufOutput.sizeOfNumber(header.writtenMillis()) : 0));
        output.writeNumber(Tags.Batch.FIRST_SEQUENCE, header.firstSequence());
        output.writeNumber(Tags.Batch.EPOCH, header.epoch());
        output.writeText(Tags.Batch.WRITER, header.writer(), writerBytes);
        output.writeNumber(Tags.Batch.DURABLE_SEQUENCE, header.durableSequence());
        if (withMoment) {
            output.writeNumber(Tags.Batch.WRITTEN_MILLIS, header.writtenMillis());
        }
        return output.bytes();
    }

    static BatchHeader read(ProtobufInput input, FormatVersion version) {
        long firstSequence = input.readNumber(Tags.Batch.FIRST_SEQUENCE);
        long epoch = input.readNumber(Tags.Batch.EPOCH);
        String writer = WriterText.read(input, input.readLength(Tags.Batch.WRITER));
        long durableSequence = input.readNumber(Tags.Batch.DURABLE_SEQUENCE);
        long writtenMillis = version == FormatVersion.V1 ? 0 : input.readNumber(Tags.Batch.WRITTEN_MILLIS);
        return new BatchHeader(firstSequence, epoch, writer, durableSequence, writtenMillis);
    }

    /** The tag of the checksum, which is the last field. */
    static int checksumTag(FormatVersion version) {
        return version == FormatVersion.V1 ? Tags.Batch.CRC32C_1 : Tags.Batch.CRC32C;
    }
}
