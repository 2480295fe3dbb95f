package org.seawall.serializer.avro;

import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.FrameReader.Claim;
import org.seawall.serializer.common.FrameReader.Coding;
import org.seawall.serializer.common.MalformedException;
import org.seawall.spi.serializer.FrameRead;

/** A batch is an Avro block of one datum, the record {@code Batch}. */
enum AvroCoding implements Coding {
    V1(FormatVersion.V1),
    V2(FormatVersion.V2);

    static final int DATA_IN_BLOCK = 1;

    private final FormatVersion version;

    AvroCoding(FormatVersion version) {
        this.version = version;
    }

    static AvroCoding of(FormatVersion version) {
        return version == FormatVersion.V1 ? V1 : V2;
    }

    @Override
    public Claim claim(byte[] window) {
        AvroInput prefix = new AvroInput(window, 0, window.length);
        long count = prefix.readLong();
        long size = prefix.readLong();
        if (count != DATA_IN_BLOCK || size < 0) {
            throw new MalformedException("not a batch", "count=1 and a size", "count=" + count + " size=" + size);
        }
        return new Claim(prefix.position(), size);
    }

    @Override
    public FrameRead.Frame decode(byte[] bytes, int from, int to, long frameBytes) {
        return new BatchDecoder(bytes, from, to).decode(frameBytes, version);
    }
}
