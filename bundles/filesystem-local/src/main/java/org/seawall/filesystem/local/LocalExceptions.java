package org.seawall.filesystem.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;

/** Errors of the operating system in the words of the contract. Every message names the location. */
final class LocalExceptions {

    private LocalExceptions() {}

    /** What may fail with an error of the operating system. */
    interface Operation<T> {
        T run() throws IOException;
    }

    static <T> T naming(String operation, Location location, Operation<T> body) throws IOException {
        try {
            return body.run();
        } catch (IOException e) {
            throw translate(operation, location, e);
        }
    }

    static IOException translate(String operation, Location location, IOException e) {
        if (e instanceof LockedException || e instanceof EOFException) {
            return e;
        }
        if (e instanceof NoSuchFileException missing) {
            return chained(new NoSuchFileException(location.toString(), other(missing, location), operation), e);
        }
        if (e instanceof FileAlreadyExistsException) {
            return chained(new FileAlreadyExistsException(location.toString(), null, operation), e);
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return new IOException(operation + " is not possible between two disks, location=" + location, e);
        }
        if (e instanceof FileSystemException failed && denied(failed)) {
            throw new StorageDeniedException(
                    operation
                            + " is not permitted, give the user of this process access to the path or mount it writable,"
                            + " path=" + failed.getFile() + ", location=" + location,
                    e);
        }
        return new IOException(operation + " failed, location=" + location, e);
    }

    /** The path that is missing, where it is not the location itself but, say, its directory. */
    private static String other(NoSuchFileException missing, Location location) {
        String path = missing.getFile();
        return path == null || path.endsWith(location.path()) ? null : path;
    }

    private static boolean denied(FileSystemException e) {
        return e instanceof AccessDeniedException || e.getFile() != null && onReadOnlyStore(e);
    }

    /** The system's text for this error depends on the language of the machine, so the store is asked. */
    private static boolean onReadOnlyStore(FileSystemException e) {
        Path path = Path.of(e.getFile()).toAbsolutePath();
        while (path.getParent() != null && !Files.exists(path)) {
            path = path.getParent();
        }
        try {
            return Files.getFileStore(path).isReadOnly();
        } catch (IOException unknown) {
            e.addSuppressed(unknown);
            return false;
        }
    }

    private static IOException chained(IOException translated, IOException cause) {
        translated.initCause(cause);
        return translated;
    }
}
