package org.seawall.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import org.seawall.WriteAheadLog;

/**
 * A log that is open.
 *
 * @param log the log
 * @param lifetime closes it, and returns when nothing of it is at work any more
 */
public record RunningLog(WriteAheadLog log, Closeable lifetime) implements Closeable {
    /** Checks that both are there. */
    public RunningLog {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(lifetime, "lifetime");
    }

    @Override
    public void close() throws IOException {
        lifetime.close();
    }
}
