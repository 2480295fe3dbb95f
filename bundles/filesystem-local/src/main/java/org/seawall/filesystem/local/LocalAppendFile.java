package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Location;

/**
 * A file that grows into space that was written ahead. The interrupt of the thread that writes or forces closes the channel
 * in the middle and so poisons the file: a thread that commits must not be interrupted.
 */
final class LocalAppendFile implements AppendFile {

    private final Location location;
    private final FileChannel channel;
    private final WriteAhead ahead;
    private long position;
    private boolean poisoned;
    private IOException failure;

    /** Takes a channel over whose position is where to go on, and what writes ahead in the same file. */
    LocalAppendFile(Location location, FileChannel channel, WriteAhead ahead) throws IOException {
        this.location = location;
        this.channel = channel;
        this.ahead = ahead;
        this.position = channel.position();
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
        poisoning("write", () -> {
            long bytes = remaining(data);
            ahead.claim(position + bytes);
            position += Gathering.write(channel, data);
            ahead.written(bytes);
        });
    }

    private static long remaining(ByteBuffer... data) {
        long bytes = 0;
        for (ByteBuffer buffer : data) {
            bytes += buffer.remaining();
        }
        return bytes;
    }

    @Override
    public void force() throws IOException {
        poisoning("force", () -> {
            channel.force(false);
            ahead.check();
        });
    }

    @Override
    public void truncate(long length) throws IOException {
        if (length < 0 || length > position) {
            throw new IllegalArgumentException(
                    "length out of range, length=" + length + ", range=0.." + position + ", file=" + location);
        }
        poisoning("truncate", () -> {
            ahead.pause();
            channel.truncate(length);
            position = length;
            ahead.truncated(length);
        });
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            ahead.close();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Poisons before the step and heals after it, so that an error of any kind in between poisons. */
    private void poisoning(String operation, Step step) throws IOException {
        if (poisoned) {
            throw new IOException("file is poisoned since an earlier failure, file=" + location, failure);
        }
        poisoned = true;
        try {
            step.run();
        } catch (IOException e) {
            failure = new IOException(operation + " failed, position=" + position + ", file=" + location, e);
            throw failure;
        }
        poisoned = false;
    }
}
