package org.seawall.serializer.avro;

import org.seawall.serializer.common.FrameReader.Claim;
import org.seawall.serializer.common.FrameReader.Coding;
import org.seawall.serializer.common.MalformedException;
import org.seawall.spi.serializer.FrameRead;

/** A batch is an Avro block of one datum, the record {@code Batch}. */
enum AvroCoding implements Coding {
    INSTANCE;

    static final int DATA_IN_BLOCK = 1;

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
        return new BatchDecoder(bytes, from, to).decode(frameBytes);
    }
}
