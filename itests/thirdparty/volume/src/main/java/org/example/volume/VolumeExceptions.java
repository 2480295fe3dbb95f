package org.example.volume;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;

/** Errors name the location that the caller knows, which is no path of this machine. */
final class VolumeExceptions {
    private VolumeExceptions() {}

    static IOException naming(Location location, IOException e) {
        String file = location.toString();
        if (e instanceof AccessDeniedException) {
            throw new StorageDeniedException("volume denies access, location=" + file, e);
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        FileSystemException named;
        if (e instanceof NoSuchFileException) {
            named = new NoSuchFileException(file, null, reason);
        } else if (e instanceof FileAlreadyExistsException) {
            named = new FileAlreadyExistsException(file, null, reason);
        } else {
            named = new FileSystemException(file, null, reason != null ? reason : e.toString());
        }
        named.initCause(e);
        return named;
    }
}
