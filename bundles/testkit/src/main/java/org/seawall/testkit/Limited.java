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
 * A file system of which only a part can be used: what is not claimed throws {@link UnsupportedOperationException}.
 *
 * @param files the whole
 * @param capabilities the part
 */
public record Limited(FileSystem files, Set<Capability> capabilities) implements FileSystem {

    private FileSystem with(Capability needed) {
        if (!capabilities.contains(needed)) {
            throw new UnsupportedOperationException("not claimed, capability=" + needed + ", files=" + files);
        }
        return files;
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
    public FileInput open(FileInfo file) throws IOException {
        return files.open(file);
    }

    @Override
    public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        return with(Capability.SEAL).append(file, position, content);
    }

    @Override
    public FileInfo seal(Location file) throws IOException {
        return with(Capability.SEAL).seal(file);
    }

    @Override
    public AppendLimits appendLimits() {
        return with(Capability.SEAL).appendLimits();
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return with(Capability.CREATE_EXCLUSIVE).create(file, content);
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        return with(Capability.CONDITIONAL_REPLACE).replace(file, content, expected);
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        return with(Capability.APPEND).createAppendable(file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return with(Capability.APPEND).openAppendable(file, position);
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        with(Capability.ATOMIC_RENAME).rename(from, to);
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        with(Capability.FORCE).forceDirectory(directory);
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
        return with(Capability.LOCK).lock(file, holder);
    }
}
