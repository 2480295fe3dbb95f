package org.seawall.spi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** A file that is read at positions. Safe for use by several threads. */
@ConsumerType
public interface FileInput extends AutoCloseable {
    /**
     * The file.
     *
     * @return where it is
     */
    Location location();

    /**
     * The file's length when it was opened.
     *
     * @return length in bytes
     */
    long size();

    /**
     * Fills a buffer from the file. Afterwards the buffer's position is at its limit.
     *
     * @param offset where to begin, in bytes
     * @param target what to fill, from its position to its limit
     * @throws java.io.EOFException if the file ends before; the message names file, offset and size
     * @throws IOException if the storage fails
     */
    void read(long offset, ByteBuffer target) throws IOException;

    @Override
    void close() throws IOException;
}
