package org.seawall.serializer.common;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** A file in memory. It may claim to be longer than its bytes: zeroes follow them, as in reserved space. */
public record BytesInput(byte[] bytes, long size) implements FileInput {
    public BytesInput(byte[] bytes) {
        this(bytes, bytes.length);
    }

    @Override
    public Location location() {
        return Location.parse("memory:segments/wal_00000001.avro");
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset + target.remaining() > size) {
            throw new EOFException("file ends, offset=" + offset + ", size=" + size + ", file=" + location());
        }
        int there = (int) Math.max(0, Math.min(target.remaining(), bytes.length - offset));
        if (there > 0) {
            target.put(bytes, (int) offset, there);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    public ByteArrayInputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void close() {}
}
