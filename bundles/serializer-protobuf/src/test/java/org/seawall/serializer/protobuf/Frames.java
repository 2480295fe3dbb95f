package org.seawall.serializer.protobuf;

import java.util.zip.CRC32C;

/** Frames with a right checksum around any bytes in the place of the entries or of the whole batch. */
final class Frames {
    private Frames() {}

    static byte[] aroundEntries(ProtobufSegmentFormat format, byte[] entries) {
        byte[] fields = {0x10, 1, 0x18, 1, 0x22, 1, 'w'};
        ProtobufOutput output = new ProtobufOutput(entries.length + fields.length);
        output.writeRaw(entries);
        output.writeRaw(fields);
        return around(format, output.bytes());
    }

    /** All of the batch but the checksum. */
    static byte[] around(ProtobufSegmentFormat format, byte[] fields) {
        CRC32C crc = new CRC32C();
        crc.update(fields);
        int size = fields.length + BatchDecoder.CHECKSUM_BYTES;
        ProtobufOutput output = new ProtobufOutput(1 + ProtobufOutput.sizeOfVarint(size) + size + 2 + 16);
        output.writeMember(0x1a, size);
        output.writeRaw(fields);
        output.writeByte(0x45);
        output.writeFixed32((int) crc.getValue());
        output.writeMember(0x22, 16);
        output.writeRaw(format.marker());
        return output.bytes();
    }
}
