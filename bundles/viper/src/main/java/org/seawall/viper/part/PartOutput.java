package org.seawall.viper.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * A new file that is written from begin to end and gets its name last: before {@link #publish} nothing has the name, after it the file
 * is there whole and durable. Where files grow and are renamed it goes through a buffer into a temporary file; elsewhere, on object
 * stores, all of it is in memory until it is created at once. For one thread.
 */
abstract class PartOutput extends PositionOutputStream implements OutputFile {
    private static final Set<Capability> STREAMS =
            EnumSet.of(Capability.APPEND, Capability.FORCE, Capability.ATOMIC_RENAME);

    private final ByteBuffer buffer;
    private long position;

    PartOutput(int bufferBytes) {
        this.buffer = ByteBuffer.allocate(bufferBytes);
    }

    /**
     * Begins a file.
     *
     * @param files where
     * @param file its name, which nobody else uses
     * @throws IOException if the storage fails
     */
    static PartOutput begin(FileSystem files, Location file) throws IOException {
        return files.capabilities().containsAll(STREAMS)
                ? new StreamedOutput(files, file)
                : new CollectedOutput(files, file);
    }

    /** Gives the file its name, durably. */
    abstract void publish() throws IOException;

    /** Lets go of what is open. A file that was not published is garbage, if it is there at all. */
    abstract void release() throws IOException;

    /** Takes over what the buffer holds, from its position to its limit. */
    abstract void drain(ByteBuffer bytes) throws IOException;

    final void drain() throws IOException {
        buffer.flip();
        if (buffer.hasRemaining()) {
            drain(buffer);
        }
        buffer.clear();
    }

    @Override
    public final long getPos() {
        return position;
    }

    @Override
    public final void write(int value) throws IOException {
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.put((byte) value);
        position++;
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int count = Math.min(left, buffer.remaining());
            buffer.put(bytes, from, count);
            from += count;
            left -= count;
        }
        position += length;
    }

    /** Parquet closes the stream behind its footer; the file is not there before {@link #publish}. */
    @Override
    public final void close() {}

    @Override
    public final PositionOutputStream create(long blockSizeHint) {
        return this;
    }

    @Override
    public final PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return this;
    }

    @Override
    public final boolean supportsBlockSize() {
        return false;
    }

    @Override
    public final long defaultBlockSize() {
        return 0;
    }
}
