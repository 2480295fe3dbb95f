package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Bytes that are written again where they are. After a force that failed, the system takes pages for clean that never
 * reached the disk: a later force passes them over and returns normally, also in another process. Written again they are
 * forced for real, and as the bytes are the same, a crash in the middle changes nothing.
 */
final class Rewriting {

    /** What one force covers at most: a group of batches that was written and not forced lies behind the last force. */
    static final long MAX_BYTES = 64L << 20;

    private static final int CHUNK_BYTES = 1 << 20;

    private Rewriting() {}

    static void before(FileChannel channel, long end) throws IOException {
        long begin = Math.max(0, end - MAX_BYTES);
        ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK_BYTES, end - begin));
        for (long at = begin; at < end; at += chunk.capacity()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
            rewrite(channel, at, chunk);
        }
    }

    private static void rewrite(FileChannel channel, long at, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining()) {
            if (channel.read(chunk, at + chunk.position()) < 0) {
                throw new IOException("file became shorter while it was opened, offset=" + at);
            }
        }
        chunk.flip();
        while (chunk.hasRemaining()) {
            channel.write(chunk, at + chunk.position());
        }
    }
}
