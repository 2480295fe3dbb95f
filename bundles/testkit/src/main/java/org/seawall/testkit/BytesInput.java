package org.seawall.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** A file in memory. It may claim to be longer than its bytes: zeroes follow them, as in reserved space. */
record BytesInput(byte[] bytes, long size) implements FileInput {
    BytesInput(byte[] bytes) {
        this(bytes, bytes.length);
    }

    @Override
    public Location location() {
        return Location.parse("memory:/segments/segment");
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || target.remaining() > size - offset) {
            throw new EOFException("file ends too early, wanted=" + target.remaining() + ", offset=" + offset
                    + ", size=" + size + ", file=" + location());
        }
        int there = (int) Math.max(0, Math.min(target.remaining(), bytes.length - offset));
        if (there > 0) {
            target.put(bytes, (int) offset, there);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    @Override
    public void close() {}
}
