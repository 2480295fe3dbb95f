package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Does what another file system does, until a method is overridden. A file that is opened as it was told is opened by its name, so
 * that one method is enough to change both. As safe for use by several threads as the other.
 */
public class ForwardingFileSystem implements FileSystem {
    /** The other. */
    protected final FileSystem files;

    /**
     * Forwards everything.
     *
     * @param files to this one
     */
    public ForwardingFileSystem(FileSystem files) {
        this.files = files;
    }

    @Override
    public Set<Capability> capabilities() {
        return files.capabilities();
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
    public AppendFile createAppendable(Location file) throws IOException {
        return files.createAppendable(file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return files.openAppendable(file, position);
    }

    @Override
    public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        return files.append(file, position, content);
    }

    @Override
    public FileInfo seal(Location file) throws IOException {
        return files.seal(file);
    }

    @Override
    public AppendLimits appendLimits() {
        return files.appendLimits();
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        files.forceDirectory(directory);
    }

    @Override
    public void delete(Location file) throws IOException {
        files.delete(file);
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        files.deleteTree(directory);
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        return files.lock(file, holder);
    }
}
