package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes of several buffers at a channel's position, until nothing remains: one call may take only a part. */
final class Gathering {

    private Gathering() {}

    static long write(FileChannel channel, ByteBuffer... buffers) throws IOException {
        long written = 0;
        int first = 0;
        while (first < buffers.length) {
            if (buffers[first].hasRemaining()) {
                written += channel.write(buffers, first, buffers.length - first);
            } else {
                first++;
            }
        }
        return written;
    }
}
