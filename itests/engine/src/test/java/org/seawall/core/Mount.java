package org.seawall.core;

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

/** A place where a disk is mounted, and another may be later; the files are on it under a scheme of the disk's own. */
final class Mount implements FileSystem {
    private final String scheme;
    private final String schemeOnDisk;
    private volatile FileSystem disk;

    Mount(String scheme, FileSystem disk, String schemeOnDisk) {
        this.scheme = scheme;
        this.disk = disk;
        this.schemeOnDisk = schemeOnDisk;
    }

    /** Takes the disk away and puts another in its place. */
    void to(FileSystem other) {
        disk = other;
    }

    private Location on(Location location) {
        return new Location(schemeOnDisk, location.path());
    }

    private FileInfo seen(FileInfo info) {
        return new FileInfo(
                new Location(scheme, info.location().path()), info.directory(), info.size(), info.version());
    }

    @Override
    public Set<Capability> capabilities() {
        return disk.capabilities();
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        return disk.list(on(directory)).stream().map(this::seen).toList();
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        return disk.find(on(location)).map(this::seen);
    }

    @Override
    public FileInput open(Location file) throws IOException {
        return disk.open(on(file));
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return seen(disk.create(on(file), content));
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        return seen(disk.replace(on(file), content, expected));
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        return disk.createAppendable(on(file));
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return disk.openAppendable(on(file), position);
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        disk.rename(on(from), on(to));
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        disk.forceDirectory(on(directory));
    }

    @Override
    public void delete(Location file) throws IOException {
        disk.delete(on(file));
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        disk.deleteTree(on(directory));
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        return disk.lock(on(file), holder);
    }
}
