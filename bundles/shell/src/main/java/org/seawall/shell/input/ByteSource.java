package org.seawall.shell.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.seawall.files.MalformedFileException;

/** A file that is read from its begin to its end through one buffer. Little-endian. For one thread. */
final class ByteSource implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    /** Offset of what is behind the buffer. */
    private long loaded;

    private ByteBuffer buffer = allocate(BUFFER_BYTES).limit(0);

    ByteSource(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /** Bytes before the next one to be taken. */
    long position() {
        return loaded - buffer.remaining();
    }

    long remaining() {
        return size - position();
    }

    void seek(long position) throws IOException {
        channel.position(position);
        loaded = position;
        buffer.limit(0);
    }

    /** A buffer with at least so many bytes ahead; the caller has seen that they remain. */
    ByteBuffer ahead(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return buffer;
        }
        if (buffer.capacity() < bytes) {
            buffer = allocate(bytes).put(buffer).flip();
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            int count = channel.read(buffer);
            if (count < 0) {
                throw new MalformedFileException("file became shorter while it was read, size=" + size, file);
            }
            loaded += count;
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
