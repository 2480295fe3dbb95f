package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that grows into space that was written ahead. The interrupt of the thread that writes or forces closes the channel
 * in the middle and so poisons the file: a thread that commits must not be interrupted.
 */
final class LocalAppendFile implements AppendFile {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAppendFile.class);

    private final Location location;
    private final FileChannel channel;
    private final Reserve reserve;
    private long position;
    private long reservedEnd;
    private boolean reserving;
    private boolean poisoned;
    private IOException failure;

    /** Takes a channel over whose position is where to go on. */
    LocalAppendFile(Location location, FileChannel channel, Reserve reserve) throws IOException {
        this.location = location;
        this.channel = channel;
        this.reserve = reserve;
        this.reserving = reserve.bytes() > 0;
        this.position = channel.position();
        this.reservedEnd = channel.size();
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public long position() {
        return position;
    }

    /** The data first, then the reserve behind it: on a disk that is nearly full the data gets the space. */
    @Override
    public void write(ByteBuffer... data) throws IOException {
        poisoning("write", () -> {
            position += Gathering.write(channel, data);
            if (position > reservedEnd) {
                reservedEnd = position;
                writeAhead();
            }
        });
    }

    @Override
    public void force() throws IOException {
        poisoning("force", () -> channel.force(false));
    }

    @Override
    public void truncate(long length) throws IOException {
        if (length < 0 || length > position) {
            throw new IllegalArgumentException(
                    "length out of range, length=" + length + ", range=0.." + position + ", file=" + location);
        }
        poisoning("truncate", () -> {
            channel.truncate(length);
            position = length;
            reservedEnd = length;
        });
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Without the reserve the file works all the same, so a disk without room for it is no failure. */
    private void writeAhead() throws IOException {
        long end = position + reserve.bytes();
        try {
            while (reserving && reservedEnd < end) {
                reservedEnd += reserve.write(channel, reservedEnd, end);
            }
        } catch (IOException e) {
            if (!channel.isOpen()) {
                throw e;
            }
            LOG.warn("no space to reserve, the file goes on without, wanted={}, file={}", reserve.bytes(), location, e);
            giveBack();
        }
    }

    /** What was written ahead before the disk was full would be missing for the next file. */
    private void giveBack() throws IOException {
        reserving = false;
        channel.truncate(position);
        reservedEnd = position;
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
