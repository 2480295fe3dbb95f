package org.seawall.files;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.LoggedEntry;

/** A file that is being written. For one thread. */
@ConsumerType
public interface EntryOutput extends AutoCloseable {
    /**
     * Adds an entry behind the others.
     *
     * @param entry a live one, with its sequence
     * @throws IllegalArgumentException if the kind of file cannot hold it; names why, and the file ends without it
     * @throws IOException if it cannot be written
     */
    void add(LoggedEntry entry) throws IOException;

    /**
     * How many bytes were written.
     *
     * @return bytes, about; never less than before
     */
    long bytes();

    /**
     * Ends the file. On return it has its name, whole and durable.
     *
     * @return its length in bytes
     * @throws IOException if it cannot be written; what had its name before has it still
     */
    long finish() throws IOException;

    /**
     * Lets it go. Without {@link #finish} before, nothing of it stays.
     *
     * @throws IOException if that fails
     */
    @Override
    void close() throws IOException;
}
