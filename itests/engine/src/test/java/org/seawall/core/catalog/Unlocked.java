package org.seawall.core.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
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

/** A storage as an object store is: files are created whole, and nothing keeps other processes away. */
record Unlocked(FileSystem files) implements FileSystem {
    private static final Set<Capability> CAPABILITIES = EnumSet.of(
            Capability.CREATE_EXCLUSIVE, Capability.CONDITIONAL_REPLACE, Capability.STRONG_LIST, Capability.RANGE_READ);

    static Unlocked of(FileSystem files) {
        return new Unlocked(files);
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        return files.find(location);
    }

    @Override
    public FileInput open(Location file) throws IOException {
        return files.open(file);
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return files.create(file, content);
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        return files.replace(file, content, expected);
    }

    @Override
    public AppendFile createAppendable(Location file) {
        throw new UnsupportedOperationException("no files that grow, file=" + file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) {
        throw new UnsupportedOperationException("no files that grow, file=" + file);
    }

    @Override
    public void rename(Location from, Location to) {
        throw new UnsupportedOperationException("no renames, file=" + from);
    }

    @Override
    public void forceDirectory(Location directory) {
        throw new UnsupportedOperationException("no forces, directory=" + directory);
    }

    /** Durable at once, as on an object store. */
    @Override
    public void delete(Location file) throws IOException {
        files.delete(file);
        if (files.capabilities().contains(Capability.FORCE)
                && files.find(file.parent()).isPresent()) {
            files.forceDirectory(file.parent());
        }
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        files.deleteTree(directory);
    }

    @Override
    public FileLock lock(Location file, String holder) {
        throw new UnsupportedOperationException("no locks, file=" + file);
    }
}
