package org.seawall.files;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.Entry;

/** The entries of a file in their order, each read when it is asked for. For one thread. */
@ConsumerType
public interface EntryInput extends AutoCloseable {
    /**
     * Reads the next row.
     *
     * @return its entry, or empty at the end of the file
     * @throws MalformedFileException if the row is not one for the collection; what was read before stays good
     * @throws IOException if the file cannot be read
     */
    Optional<Entry> next() throws IOException;

    /**
     * How many rows were read or skipped.
     *
     * @return their number
     */
    long rows();

    /**
     * How many bytes were read or skipped, about.
     *
     * @return bytes, {@link #size} at most; never less than before
     */
    long position();

    /**
     * The file's length.
     *
     * @return bytes
     */
    long size();

    /**
     * Moves behind the row that became an entry, so that the next one to read is the row after it.
     *
     * @param newest the newest entry of the collection that this file was going into
     * @throws MalformedFileException if no row of the file is that entry
     * @throws IOException if the file cannot be read
     */
    void skipThrough(Entry newest) throws IOException;

    /**
     * Lets the file go.
     *
     * @throws IOException if that fails; nothing is lost
     */
    @Override
    void close() throws IOException;
}
