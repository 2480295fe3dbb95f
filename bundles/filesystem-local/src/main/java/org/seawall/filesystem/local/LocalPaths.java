package org.seawall.filesystem.local;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.seawall.spi.filesystem.Location;

/** Locations as absolute paths. A relative one begins at the working directory of the process. */
final class LocalPaths {

    static final String SCHEME = "file";

    /** Names that begin so are the file system's own: no location has them and no list shows them. */
    static final String OWN_PREFIX = ".seawall-";

    private static final Pattern DRIVE_BEHIND_SLASH = Pattern.compile("/[A-Za-z]:(/.*)?");

    private LocalPaths() {}

    static Path path(Location location) {
        if (!location.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("not a local file, expected=" + SCHEME + ", actual=" + location.scheme()
                    + ", location=" + location);
        }
        if (own(location.name())) {
            throw new IllegalArgumentException("name is reserved, prefix=" + OWN_PREFIX + ", location=" + location);
        }
        try {
            return Path.of(text(location.path(), SystemDisk.WINDOWS)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path of this system, location=" + location, e);
        }
    }

    /** On Windows {@code file:///C:/wal} arrives as {@code /C:/wal}, which is no path there. */
    static String text(String path, boolean windows) {
        return windows && DRIVE_BEHIND_SLASH.matcher(path).matches() ? path.substring(1) : path;
    }

    static boolean own(String name) {
        return name.startsWith(OWN_PREFIX);
    }

    /** The directory of a file; a root, which has none, is no file. */
    static Path directory(Path file) {
        Path directory = file.getParent();
        if (directory == null) {
            throw new IllegalArgumentException("not a file, path=" + file);
        }
        return directory;
    }
}
