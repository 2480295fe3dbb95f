package org.seawall.serializer.avro;

import java.util.List;
import java.util.zip.CRC32C;

/** Frames with a right checksum around any bytes in the place of the entries. */
final class Frames {
    private Frames() {}

    static byte[] around(AvroSegmentFormat format, byte[] entries) {
        byte[] header = {2, 2, 2, 'w', 0, 0};
        CRC32C crc = new CRC32C();
        crc.update(entries);
        crc.update(header);
        int size = header.length + entries.length + AvroOutput.sizeOf(crc.getValue());
        AvroOutput output = new AvroOutput(1 + AvroOutput.sizeOf(size) + size + 16);
        output.writeLong(1);
        output.writeLong(size);
        List.of(header, entries).forEach(output::writeRaw);
        output.writeLong(crc.getValue());
        output.writeRaw(format.marker());
        return output.bytes();
    }
}
