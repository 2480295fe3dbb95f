package org.seawall.bench.harness;

import java.io.IOException;
import java.nio.file.Path;

/** Something that makes batches durable. Opened and closed once a slice, used by many threads in between. */
public interface Subject extends AutoCloseable {
    /** The column's name. */
    String name();

    /** Prepares everything that is not to be timed, in an empty directory. */
    void open(Path directory, Cell cell) throws Exception;

    /** Makes the batch of a number durable before it returns. */
    void append(int number) throws Exception;

    /** Encoded bytes of a batch. */
    long batchBytes();

    /** Forces a group, or NaN where nobody counts them. */
    default double forcesPerGroup() {
        return Double.NaN;
    }

    @Override
    void close() throws IOException;
}
