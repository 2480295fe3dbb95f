package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** Reads a file ahead in large pieces, for a reader that moves forward in small steps. For one thread. */
final class BufferedInput implements FileInput {
    private static final int WINDOW_BYTES = 1 << 20;

    private final FileInput input;
    private final ByteBuffer window;
    private long windowStart;

    BufferedInput(FileInput input) {
        this.input = input;
        this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, Math.max(1, input.size())));
        window.limit(0);
    }

    @Override
    public Location location() {
        return input.location();
    }

    @Override
    public long size() {
        return input.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            if (at < windowStart || at >= windowStart + window.limit()) {
                if (target.remaining() >= WINDOW_BYTES || at >= size()) {
                    input.read(at, target);
                    return;
                }
                fill(at);
            }
            int from = (int) (at - windowStart);
            int length = Math.min(target.remaining(), window.limit() - from);
            target.put(target.position(), window, from, length).position(target.position() + length);
            at += length;
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private void fill(long at) throws IOException {
        window.clear().limit((int) Math.min(window.capacity(), size() - at));
        try {
            input.read(at, window);
            windowStart = at;
        } finally {
            if (window.hasRemaining()) {
                window.limit(0);
            }
        }
    }
}
