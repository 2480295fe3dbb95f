package org.seawall.spi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A file that grows at its end. For one thread at a time.
 *
 * <p>The file system may keep zeroes behind the end of what was written (space that is written ahead makes a force cheap).
 * Whoever reads such a file takes zeroes up to its end for nothing.
 *
 * <p>After a write or force that failed the file is poisoned: every later call except {@link #close} throws, because a
 * later force that returns normally proves nothing about the bytes before it.
 */
@ConsumerType
public interface AppendFile extends AutoCloseable {
    /**
     * The file.
     *
     * @return where it is
     */
    Location location();

    /**
     * Where the next write goes.
     *
     * @return bytes from the file's begin, without what is reserved behind it
     */
    long position();

    /**
     * Writes buffers one behind the other at the end. Afterwards they are consumed and {@link #position()} is behind them.
     * They are durable after the next {@link #force()}.
     *
     * @param data what to write
     * @throws IOException if the storage fails; any part of the bytes may be in the file then
     */
    void write(ByteBuffer... data) throws IOException;

    /**
     * Makes everything that was written, and every truncation, durable.
     *
     * @throws IOException if the storage fails; nothing is known about what was written since the last force then
     */
    void force() throws IOException;

    /**
     * Cuts the file off, together with what is reserved behind its end. Durable after the next {@link #force()}.
     *
     * @param length the new length and position, at most {@link #position()}
     * @throws IOException if the storage fails
     */
    void truncate(long length) throws IOException;

    /** Closes the file without forcing it. Closing it again does nothing. */
    @Override
    void close() throws IOException;
}
