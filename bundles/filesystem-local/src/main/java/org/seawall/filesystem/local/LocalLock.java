package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seawall.spi.filesystem.FileLock;

/** A lock that is held as long as its two channels are open. */
final class LocalLock implements FileLock {

    private final FileChannel channel;
    private final FileChannel gate;
    private final AtomicBoolean closed = new AtomicBoolean();

    LocalLock(FileChannel channel, FileChannel gate) {
        this.channel = channel;
        this.gate = gate;
    }

    /** The words go first, while they are still ours to change, and the gate last, so that nobody here meets the lock. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (gate;
                channel) {
            gate.truncate(0);
        }
    }
}
