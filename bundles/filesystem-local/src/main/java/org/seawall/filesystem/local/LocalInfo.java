package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/**
 * What the disk says of a file. The version is size, time of the last change and inode; a replacement always gets a later
 * time than what it replaces ({@link TemporaryFile}), so that a reused inode does not bring an old version back.
 */
final class LocalInfo {

    private LocalInfo() {}

    static FileInfo read(Location location, Path path) throws IOException {
        return of(location, Files.readAttributes(path, BasicFileAttributes.class));
    }

    static Optional<FileInfo> find(Location location, Path path) throws IOException {
        try {
            return Optional.of(read(location, path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A link to nothing is shown as the link; a file that went away meanwhile is not shown. */
    static Optional<FileInfo> listed(Location location, Path path) throws IOException {
        Optional<FileInfo> found = find(location, path);
        return found.isPresent() || !Files.isSymbolicLink(path)
                ? found
                : Optional.of(
                        of(location, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
    }

    private static FileInfo of(Location location, BasicFileAttributes attributes) {
        return attributes.isDirectory()
                ? new FileInfo(location, true, 0, "")
                : new FileInfo(location, false, attributes.size(), version(attributes));
    }

    private static String version(BasicFileAttributes attributes) {
        long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        return attributes.size() + "-" + nanos + "-" + Objects.toString(attributes.fileKey(), "");
    }
}
