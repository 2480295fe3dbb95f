package org.seawall.core.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Stands for a storage that is not there: whatever is asked for fails and says why, and nothing is taken for missing.
 *
 * @param why in words
 */
record MissingFiles(String why) implements FileSystem {
    private IOException missing(Location location) {
        return new IOException("file is in a place that is not there, file=" + location + ": " + why);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        throw missing(directory);
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        throw missing(location);
    }

    @Override
    public FileInput open(Location file) throws IOException {
        throw missing(file);
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        throw missing(file);
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        throw missing(file);
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        throw missing(file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        throw missing(file);
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        throw missing(from);
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        throw missing(directory);
    }

    @Override
    public void delete(Location file) throws IOException {
        throw missing(file);
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        throw missing(directory);
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        throw missing(file);
    }
}
