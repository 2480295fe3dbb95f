package org.seawall.strategy.append;

import java.io.IOException;

/** Lets nothing be done after a failure, or after the end: what is on the storage has to be read again. For one thread at a time. */
final class Poison {

    private final String resource;
    private boolean closed;
    private boolean poisoned;
    private Throwable failure;

    /** Of a store that messages call by words such as {@code file=…}. */
    Poison(String resource) {
        this.resource = resource;
    }

    /** What is done with the storage. */
    interface Step {
        void run() throws IOException;
    }

    /** Poisons before the step and heals after it, so that a failure of any kind in between poisons. */
    void around(Step step) throws IOException {
        if (closed) {
            throw new IOException("segment store is closed, " + resource);
        }
        if (poisoned) {
            throw new IOException("segment store is poisoned since an earlier failure, " + resource, failure);
        }
        poisoned = true;
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
        poisoned = false;
    }

    void close() {
        closed = true;
    }
}
