package org.seawall.shell;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** A local file as serializers read it. */
final class ChannelInput implements FileInput {
    private final Location location;
    private final FileChannel channel;
    private final long size;

    ChannelInput(Path file) throws IOException {
        location = new Location("file", file.toAbsolutePath().normalize().toString());
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
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
        long position = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, position);
            if (count < 0) {
                throw new EOFException("file ends before, offset=" + offset + ", size=" + size + ", file=" + location);
            }
            position += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
