package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Zeroes that are written ahead: a force of bytes in space that was written before need not touch the file's metadata. */
final class Reserve {

    static final long MAX_BYTES = 1L << 30;

    private static final int CHUNK_BYTES = 1 << 20;

    private final long bytes;
    private final ByteBuffer zeroes;

    Reserve(long bytes) {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("reserveBytes out of range, value=" + bytes + ", range=0.." + MAX_BYTES);
        }
        this.bytes = bytes;
        this.zeroes = ByteBuffer.allocateDirect((int) Math.min(bytes, CHUNK_BYTES));
    }

    long bytes() {
        return bytes;
    }

    /** Writes a piece of the zeroes up to an end and says how long it was. */
    int write(FileChannel channel, long from, long end) throws IOException {
        ByteBuffer piece = zeroes.duplicate();
        piece.limit((int) Math.min(piece.capacity(), end - from));
        return channel.write(piece, from);
    }
}
