package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** How many zeroes are written ahead: a force of bytes in space that was written before need not touch the file's metadata. */
final class Reserve {

    static final long MAX_BYTES = 1L << 30;

    /** What a force of data may have to take along when it comes between the write and the force of zeroes. */
    static final int PIECE_BYTES = 512 << 10;

    private static final int WRITES_AHEAD = 64;
    private static final int LARGE_WRITES = 8;

    private final long bytes;
    private final boolean forcedApart;
    private final ByteBuffer zeroes;

    /**
     * A reserve.
     *
     * @param forcedApart whether zeroes may be forced through a channel of their own
     */
    Reserve(long bytes, boolean forcedApart) {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("reserveBytes out of range, value=" + bytes + ", range=0.." + MAX_BYTES);
        }
        this.bytes = bytes;
        this.forcedApart = forcedApart;
        this.zeroes = ByteBuffer.allocateDirect((int) Math.min(bytes, PIECE_BYTES));
    }

    /**
     * How much is to be ahead of data that comes in writes of a size: a number of such writes, so that a file that is
     * seldom written to takes little. Nothing for large writes, whose force costs more for its bytes than for the file's
     * metadata: the zeroes would double them.
     */
    long room(long writeBytes) {
        if (writeBytes > bytes / LARGE_WRITES) {
            return 0;
        }
        return Math.min(bytes, Math.max(2 * PIECE_BYTES, writeBytes * WRITES_AHEAD));
    }

    boolean forcedApart() {
        return forcedApart;
    }

    /** Writes zeroes up to an end. */
    void write(FileChannel channel, long from, long end) throws IOException {
        for (long at = from; at < end; ) {
            ByteBuffer piece = zeroes.duplicate();
            piece.limit((int) Math.min(piece.capacity(), end - at));
            at += channel.write(piece, at);
        }
    }
}
