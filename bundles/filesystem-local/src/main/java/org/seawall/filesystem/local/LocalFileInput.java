package org.seawall.filesystem.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** Reads at positions. The interrupt of a thread that reads closes the file for all its readers. */
final class LocalFileInput implements FileInput {

    private final Location location;
    private final FileChannel channel;
    private final long size;

    LocalFileInput(Location location, FileChannel channel, long size) {
        this.location = location;
        this.channel = channel;
        this.size = size;
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
    public void read(long offset, ByteBuffer target) throws IOException {
        int wanted = target.remaining();
        try {
            for (long at = offset; target.hasRemaining(); ) {
                int read = channel.read(target, at);
                if (read < 0) {
                    throw new EOFException("file ends too early, wanted=" + wanted + ", offset=" + offset + ", size="
                            + size + ", file=" + location);
                }
                at += read;
            }
        } catch (IOException e) {
            throw LocalExceptions.translate("read", location, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
