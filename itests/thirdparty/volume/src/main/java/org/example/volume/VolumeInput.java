package org.example.volume;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** An open file, one read at a time. Not a channel, which an interrupted reader would close under all the others. */
final class VolumeInput implements FileInput {
    private final Location location;
    private final RandomAccessFile file;
    private final long size;

    VolumeInput(Location location, Path path) throws IOException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(location.toString());
        }
        if (Files.isDirectory(path)) {
            throw new FileSystemException(location.toString(), null, "is a directory");
        }
        this.location = location;
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.size = file.length();
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws IOException {
        if (offset > size - target.remaining()) {
            throw new EOFException("read behind the end, offset=" + offset + ", bytes=" + target.remaining() + ", size="
                    + size + ", file=" + location);
        }
        byte[] bytes = new byte[target.remaining()];
        file.seek(offset);
        file.readFully(bytes);
        target.put(bytes);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
