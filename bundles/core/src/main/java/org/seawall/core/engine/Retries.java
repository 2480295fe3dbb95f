package org.seawall.core.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;

/**
 * How often a read that failed is tried again, with a pause that doubles from one time to the next. What is missing or too
 * short is not: it will be so the next time.
 *
 * @param times how often at most; 0 for never
 * @param firstPauseMillis how long to wait before the first of them
 */
public record Retries(int times, long firstPauseMillis) {
    /** A failure is a failure. */
    public static final Retries NONE = new Retries(0, 0);

    interface Read<T> {
        T run() throws IOException;
    }

    <T> T of(Read<T> read) throws IOException {
        long pause = firstPauseMillis;
        for (int left = times; ; left--) {
            try {
                return read.run();
            } catch (IOException e) {
                if (left == 0 || e instanceof NoSuchFileException || e instanceof EOFException) {
                    throw e;
                }
                sleep(pause, e);
                pause *= 2;
            }
        }
    }

    private static void sleep(long millis, IOException failure) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted before a read was tried again");
            interrupted.initCause(failure);
            throw interrupted;
        }
    }
}
