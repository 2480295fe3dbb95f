package org.seawall.spi.filesystem;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A lock that is held. It ends when it is closed or the process ends. */
@ConsumerType
public interface FileLock extends AutoCloseable {
    /** Lets the lock go. Closing it again does nothing. */
    @Override
    void close() throws IOException;
}
