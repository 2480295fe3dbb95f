package org.seawall.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** The bytes of a file, whatever its name is at present. */
final class MemoryFile {
    private byte[] bytes = {};
    private int size;
    private long version;
    private boolean takesAppends;
    private long appends;

    /** Lets it grow until it is sealed. */
    synchronized MemoryFile growing() {
        takesAppends = true;
        return this;
    }

    synchronized void seal() {
        takesAppends = false;
    }

    /** Counts an append. */
    synchronized long appends() {
        return ++appends;
    }

    synchronized boolean takesAppends() {
        return takesAppends;
    }

    synchronized int size() {
        return size;
    }

    synchronized long version() {
        return version;
    }

    synchronized void changed(long newVersion) {
        version = newVersion;
    }

    synchronized void write(int position, ByteBuffer data) {
        int end = Math.addExact(position, data.remaining());
        extend(end);
        data.get(bytes, position, end - position);
    }

    synchronized void extend(int end) {
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        size = Math.max(size, end);
    }

    synchronized void truncate(int length) {
        Arrays.fill(bytes, length, size, (byte) 0);
        size = length;
    }

    private synchronized void read(Location location, long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || target.remaining() > size - offset) {
            throw new EOFException("file ends too early, wanted=" + target.remaining() + ", offset=" + offset
                    + ", size=" + size + ", file=" + location);
        }
        target.put(bytes, (int) offset, target.remaining());
    }

    FileInput open(Location location) {
        return new Input(this, location, size());
    }

    private record Input(MemoryFile file, Location location, long size) implements FileInput {
        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            file.read(location, offset, target);
        }

        @Override
        public void close() {}
    }
}
