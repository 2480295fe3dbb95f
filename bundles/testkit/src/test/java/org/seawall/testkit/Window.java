package org.seawall.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The moment between a look and what is built on it, in a wrong backend: of threads that race, two are in it at once, however
 * busy the machine is. The thread that made the backend goes through, since it races with nobody.
 */
final class Window {
    private static final long PATIENCE_SECONDS = 60;

    private final Thread maker = Thread.currentThread();
    private final CountDownLatch two = new CountDownLatch(2);

    /** Waits for another thread, once. */
    void pass() throws IOException {
        if (Thread.currentThread() == maker) {
            return;
        }
        two.countDown();
        try {
            if (!two.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody races, waitedSeconds=" + PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while nobody raced");
        }
    }
}
