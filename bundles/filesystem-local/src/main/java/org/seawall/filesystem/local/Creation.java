package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/**
 * Files that appear whole: written and forced under a temporary name, then named, then the directory is forced. A failure
 * before the name is given changes nothing; after it the outcome is unknown, since the name is seen and may be lost.
 */
final class Creation {

    private final Disk disk;
    private final Directories directories;
    private final FileNames names;

    Creation(Disk disk, Directories directories, FileNames names) {
        this.disk = disk;
        this.directories = directories;
        this.names = names;
    }

    FileInfo create(Location location, Path file, List<ByteBuffer> content) throws IOException {
        Path directory = LocalPaths.directory(file);
        directories.make(directory);
        Path temporary = TemporaryFile.write(disk, directory, content, Optional.empty());
        return named(location, temporary, file, () -> names.claim(temporary, file));
    }

    FileInfo replace(Location location, Path file, List<ByteBuffer> content, String version) throws IOException {
        FileInfo old = LocalInfo.read(location, file);
        if (!old.version().equals(version)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path directory = LocalPaths.directory(file);
        directories.make(directory);
        Path temporary = TemporaryFile.write(disk, directory, content, Optional.of(Files.getLastModifiedTime(file)));
        return named(location, temporary, file, () -> names.replace(temporary, old, file));
    }

    private interface Naming {
        void run() throws IOException;
    }

    private FileInfo named(Location location, Path temporary, Path file, Naming naming) throws IOException {
        FileInfo info;
        try {
            info = LocalInfo.read(location, temporary);
            naming.run();
        } catch (IOException e) {
            if (Files.notExists(temporary)) {
                throw unknown(location, e);
            }
            TemporaryFile.discard(temporary, e);
            throw e;
        }
        try {
            Files.deleteIfExists(temporary);
            disk.forceDirectory(LocalPaths.directory(file));
        } catch (IOException e) {
            throw unknown(location, e);
        }
        return info;
    }

    private static OutcomeUnknownException unknown(Location location, IOException e) {
        return new OutcomeUnknownException("file is written but may be lost in a crash, file=" + location, e);
    }
}
