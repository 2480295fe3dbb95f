package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.WriterText;
import org.seawall.spi.serializer.BatchHeader;

/** The fields of a batch that stand between its entries and its checksum. */
final class BatchFields {
    private BatchFields() {}

    static byte[] bytes(BatchHeader header) {
        int writerBytes = WriterText.bytes(header.writer());
        ProtobufOutput output = new ProtobufOutput(ProtobufOutput.sizeOfNumber(header.firstSequence())
                + ProtobufOutput.sizeOfNumber(header.epoch())
                + (int) ProtobufOutput.sizeOfField(writerBytes)
                + ProtobufOutput.sizeOfNumber(header.durableSequence()));
        output.writeNumber(Tags.Batch.FIRST_SEQUENCE, header.firstSequence());
        output.writeNumber(Tags.Batch.EPOCH, header.epoch());
        output.writeText(Tags.Batch.WRITER, header.writer(), writerBytes);
        output.writeNumber(Tags.Batch.DURABLE_SEQUENCE, header.durableSequence());
        return output.bytes();
    }

    static BatchHeader read(ProtobufInput input) {
        long firstSequence = input.readNumber(Tags.Batch.FIRST_SEQUENCE);
        long epoch = input.readNumber(Tags.Batch.EPOCH);
        String writer = WriterText.read(input, input.readLength(Tags.Batch.WRITER));
        return new BatchHeader(firstSequence, epoch, writer, input.readNumber(Tags.Batch.DURABLE_SEQUENCE));
    }
}
