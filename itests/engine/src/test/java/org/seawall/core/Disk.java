package org.seawall.core;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** A directory of a log on a disk of its own, which can hang, fill up, and be taken away and put back. */
final class Disk {
    /** Lets go what hangs: before the log is closed, which waits for it. */
    interface Release extends AutoCloseable {
        void now();

        @Override
        default void close() {
            now();
        }
    }

    private final String url;
    private final WriteStrategy strategy;
    private final MemoryFileSystem content = new MemoryFileSystem();
    private FaultyFileSystem files = new FaultyFileSystem(content, 0);

    Disk(String url, WriteStrategy strategy) {
        this.url = url;
        this.strategy = strategy;
    }

    String url() {
        return url;
    }

    FaultyFileSystem files() {
        return files;
    }

    MemoryFileSystem content() {
        return content;
    }

    Binding.Directory bound() {
        return boundTo(files);
    }

    Binding.Directory boundTo(FileSystem other) {
        return Binding.Directory.with(new Binding.Services(other, strategy, SeveralDisks.FORMATS));
    }

    /** Lets every operation whose words begin so wait until the latch is open; the first of them is told. */
    void hang(String operation, CountDownLatch reached, CountDownLatch until) {
        files.hook(name -> {
            if (name.startsWith(operation)) {
                reached.countDown();
                join(until);
            }
        });
    }

    /** Lets whatever makes or grows a file fail. */
    void fill() {
        files.hook(name -> {
            if (name.startsWith("create") || name.startsWith("write")) {
                throw new IOException("no space left on device, operation=" + name);
            }
        });
    }

    void heal() {
        files.hook(name -> {});
    }

    private static void join(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
