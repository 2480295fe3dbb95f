package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;

/**
 * Locks of the operating system, made fit for several holders in one process.
 *
 * <p>A POSIX lock belongs to the process and is lost as soon as the process closes any channel to the file, also one that was
 * opened only to be refused or to read who holds the lock. So a lock is two files. The one that a location names holds the
 * holder's words, and a lock on one byte of it is the <em>gate</em>: Java's own table of locks, one for the whole process and
 * every class loader, lets one pass, and it keeps its entry even if the system has dropped the lock behind it. Only who has
 * passed the gate opens the second, hidden file, whose lock decides among processes, so nobody else in this process
 * ever closes that one.
 */
final class LockFiles {

    /** Far behind the words: on Windows a locked byte cannot be read by others. */
    private static final long GATE_BYTE = 1L << 30;

    private static final int MAX_HOLDER_BYTES = 4096;

    private final Disk disk;

    /** Channels to a locked file that must stay open and reachable, see {@link #refused}. */
    private final Queue<FileChannel> unclosable = new ConcurrentLinkedQueue<>();

    LockFiles(Disk disk) {
        this.disk = disk;
    }

    static Path hidden(Path file) {
        String name = file.getFileName().toString();
        String prefix = LocalPaths.own(name) ? "" : LocalPaths.OWN_PREFIX;
        return file.resolveSibling(prefix + name + ".lock");
    }

    FileLock take(Location location, Path file, String holder) throws IOException {
        FileChannel gate =
                disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!passes(gate)) {
                throw new LockedException(words(gate), location);
            }
            FileChannel channel = locked(location, file, gate);
            FileLock lock = new LocalLock(channel, gate);
            write(lock, gate, holder);
            return lock;
        } catch (IOException e) {
            gate.close();
            throw e;
        }
    }

    private static boolean passes(FileChannel gate) throws IOException {
        try {
            return gate.tryLock(GATE_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private FileChannel locked(Location location, Path file, FileChannel gate) throws IOException {
        FileChannel channel = disk.open(hidden(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            throw refused(channel, location, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new LockedException(words(gate), location);
    }

    /**
     * The gate's file was deleted or replaced under a holder in this process. Closing the channel would take the lock from
     * that holder, so it is kept.
     */
    private LockedException refused(FileChannel channel, Location location, OverlappingFileLockException cause) {
        unclosable.add(channel);
        LockedException refused = new LockedException("this process, which lost the words about itself", location);
        refused.initCause(cause);
        return refused;
    }

    private static void write(FileLock lock, FileChannel gate, String holder) throws IOException {
        try {
            gate.truncate(0);
            ByteBuffer words = StandardCharsets.UTF_8.encode(holder);
            while (words.hasRemaining()) {
                gate.write(words, words.position());
            }
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static String words(FileChannel gate) throws IOException {
        ByteBuffer words = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        int read = gate.read(words, 0);
        return read <= 0
                ? "unknown"
                : StandardCharsets.UTF_8.decode(words.flip()).toString();
    }
}
