package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Location;

/** Grows a file in memory, with zeroes behind its end as a disk would have them. */
final class MemoryAppendFile implements AppendFile {
    private final MemoryFileSystem files;
    private final MemoryFile file;
    private final Location location;
    private int position;
    private boolean closed;

    MemoryAppendFile(MemoryFileSystem files, MemoryFile file, Location location, int position) {
        this.files = files;
        this.file = file;
        this.location = location;
        this.position = position;
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(ByteBuffer... data) throws IOException {
        requireOpen();
        for (ByteBuffer buffer : data) {
            int length = buffer.remaining();
            file.write(position, buffer);
            position += length;
        }
        if (position >= file.size()) {
            file.extend(Math.addExact(position, files.reserveBytes()));
        }
        files.changed(file);
    }

    @Override
    public void force() throws IOException {
        requireOpen();
        files.requireForce();
    }

    @Override
    public void truncate(long length) throws IOException {
        requireOpen();
        if (length < 0 || length > position) {
            throw new IllegalArgumentException(
                    "length out of range, length=" + length + ", range=0.." + position + ", file=" + location);
        }
        file.truncate((int) length);
        position = (int) length;
        files.changed(file);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("file is closed, file=" + location);
        }
    }
}
