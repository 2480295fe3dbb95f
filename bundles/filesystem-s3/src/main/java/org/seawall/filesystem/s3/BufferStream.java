package org.seawall.filesystem.s3;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Buffers as one stream, without consuming them. */
final class BufferStream extends InputStream {

    private final List<ByteBuffer> buffers;
    private int at;

    BufferStream(List<ByteBuffer> buffers) {
        this.buffers = buffers.stream().map(ByteBuffer::duplicate).toList();
    }

    private boolean ended() {
        while (at < buffers.size() && !buffers.get(at).hasRemaining()) {
            at++;
        }
        return at == buffers.size();
    }

    @Override
    public int read() {
        return ended() ? -1 : buffers.get(at).get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (ended()) {
            return -1;
        }
        int count = Math.min(length, buffers.get(at).remaining());
        buffers.get(at).get(target, offset, count);
        return count;
    }
}
