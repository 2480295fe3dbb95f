package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.seawall.LogFencedException;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * A segment that a writer has created and not appended to, on a storage where files grow under their own names: it has died or
 * stalled in between. Its name is taken, so the fence goes into it, whatever strategy writes what comes behind. Who appends at
 * its begin has it. It is never deleted: that could hit the fence of another who came to it at the same time.
 */
final class BegunSegment {
    private BegunSegment() {}

    /** Whether a file is one by its size. Where files do not grow under their own names an empty one is damaged. */
    static boolean is(long size, FileSystem files) {
        return size == 0 && files.capabilities().contains(Capability.SEAL);
    }

    /** Whether there is one. */
    static boolean isAt(Location segment, FileSystem files) throws IOException {
        return files.capabilities().contains(Capability.SEAL)
                && files.find(segment).filter(info -> is(info.size(), files)).isPresent();
    }

    /**
     * Makes a fence of it.
     *
     * @throws LogFencedException if somebody else has appended to it, and so has begun it
     */
    static void fence(Location segment, ByteBuffer header, FileSystem files) throws IOException {
        try {
            files.append(segment, 0, List.of(header));
            files.seal(segment);
        } catch (AppendRefusedException e) {
            throw new LogFencedException("another writer has begun the segment, file=" + segment, e);
        }
    }
}
