package org.seawall.viper.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file from one place to another, through a small buffer. */
final class ChunkStream extends InputStream {
    private static final int BUFFER_BYTES = 1 << 15;

    private final FileChannel file;
    private final long end;
    private final ByteBuffer buffer;
    private long next;

    ChunkStream(FileChannel file, long begin, long end) {
        this.file = file;
        this.next = begin;
        this.end = end;
        this.buffer =
                ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, end - begin)).limit(0);
    }

    /** Where in the file the next byte is. */
    long position() {
        return next - buffer.remaining();
    }

    long left() {
        return end - position();
    }

    @Override
    public int read() throws IOException {
        if (!buffer.hasRemaining()) {
            if (next == end) {
                return -1;
            }
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - next));
            fill(buffer);
            buffer.flip();
        }
        return buffer.get() & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int first = read();
        if (first < 0) {
            return -1;
        }
        bytes[offset] = (byte) first;
        int more = Math.min(length - 1, buffer.remaining());
        buffer.get(bytes, offset + 1, more);
        return 1 + more;
    }

    /**
     * The next bytes.
     *
     * @throws IllegalArgumentException if they are not there; nothing is allocated then
     * @throws IOException if the file cannot be read
     */
    byte[] take(int length) throws IOException {
        if (length < 0 || length > left()) {
            throw new IllegalArgumentException("bytes behind the end, length=" + length + ", left=" + left());
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int buffered = Math.min(length, buffer.remaining());
        bytes.put(0, buffer, buffer.position(), buffered).position(buffered);
        buffer.position(buffer.position() + buffered);
        fill(bytes);
        return bytes.array();
    }

    private void fill(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = file.read(bytes, next);
            if (count < 0) {
                throw new IllegalArgumentException("file ends early, expected bytes=" + end + ", actual=" + next);
            }
            next += count;
        }
    }
}
