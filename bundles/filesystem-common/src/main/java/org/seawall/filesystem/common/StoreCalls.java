package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How a file system calls its store: on the bundle's threads, again where that is allowed, with changes settled.
 *
 * @param threads where the calls run
 * @param retries how they are repeated
 */
public record StoreCalls(Confined threads, Retries retries) {

    /**
     * Reads, lists, looks up: repeated until it is answered.
     *
     * @param <T> what it gives
     * @param request the request
     * @return the answer
     * @throws IOException if it fails for good, or the caller is interrupted
     */
    public <T> T read(Retries.Request<T> request) throws IOException {
        return threads.read(() -> retries.repeat(request));
    }

    /**
     * Changes something in a way that may be repeated. The caller waits for its end, interrupted or not.
     *
     * @param <T> what it gives
     * @param request the request
     * @return the answer
     * @throws IOException if it fails for good
     */
    public <T> T repeatedly(Retries.Request<T> request) throws IOException {
        return threads.change(() -> retries.repeat(request));
    }

    /** Writes an object; on one of the threads. */
    Outcome write(Target target, List<ByteBuffer> content, Bucket.Condition condition) throws IOException {
        return new Change(target, retries.begin(), condition).write(content);
    }
}
