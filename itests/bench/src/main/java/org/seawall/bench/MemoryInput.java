package org.seawall.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** A file in memory, so that coding is timed and no disk. */
record MemoryInput(Location location, byte[] bytes) implements FileInput {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset + target.remaining() > bytes.length) {
            throw new EOFException("read behind the end, offset=" + offset + ", file=" + location);
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    @Override
    public void close() {}
}
