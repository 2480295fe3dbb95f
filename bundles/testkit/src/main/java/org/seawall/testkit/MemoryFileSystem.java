package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;

/**
 * Files in memory, of any scheme. A real file system that keeps the contract, for tests that need no disk. It lives as long
 * as the process, so a force has nothing to do: {@link FaultyFileSystem} takes away what was not forced.
 */
public final class MemoryFileSystem implements FileSystem {
    private static final int RESERVE_BYTES = 700;
    private static final AppendLimits APPENDS = new AppendLimits(1 << 16, 200);
    private static final Comparator<Location> ORDER =
            Comparator.comparing(Location::scheme).thenComparing(Location::path);

    private final Set<Capability> capabilities;
    private final int reserveBytes;
    private final TreeMap<Location, MemoryFile> files = new TreeMap<>(ORDER);
    private final TreeSet<Location> directories = new TreeSet<>(ORDER);
    private final Map<Location, Held> locks = new HashMap<>();
    private final AtomicLong versions = new AtomicLong();

    /** A file system that can do everything and keeps some zeroes behind the end of files that grow. */
    public MemoryFileSystem() {
        this(EnumSet.allOf(Capability.class), RESERVE_BYTES);
    }

    /**
     * A file system that can do what a local disk can: everything but {@link Capability#SEAL}.
     *
     * @return an empty one, which keeps some zeroes behind the end of files that grow
     */
    public static MemoryFileSystem disk() {
        return new MemoryFileSystem(EnumSet.complementOf(EnumSet.of(Capability.SEAL)), RESERVE_BYTES);
    }

    /**
     * A file system that can do a part.
     *
     * @param capabilities what it can do; what needs anything else is refused
     * @param reserveBytes how many zeroes it keeps behind the end of files that grow
     */
    public MemoryFileSystem(Set<Capability> capabilities, int reserveBytes) {
        this.capabilities = Collections.unmodifiableSet(
                capabilities.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(capabilities));
        this.reserveBytes = reserveBytes;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public synchronized List<FileInfo> list(Location directory) throws IOException {
        if (files.containsKey(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        return Stream.concat(directories.stream(), files.keySet().stream())
                .filter(location -> parent(location).equals(Optional.of(directory)))
                .map(this::info)
                .sorted(Comparator.comparing(FileInfo::name))
                .toList();
    }

    @Override
    public synchronized Optional<FileInfo> find(Location location) {
        return files.containsKey(location) || directories.contains(location)
                ? Optional.of(info(location))
                : Optional.empty();
    }

    @Override
    public synchronized FileInput open(Location file) throws IOException {
        return existing(file).open(file);
    }

    @Override
    public synchronized FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        require(Capability.CREATE_EXCLUSIVE);
        return put(file, content);
    }

    @Override
    public synchronized FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected)
            throws IOException {
        require(Capability.CONDITIONAL_REPLACE);
        if (expected.isPresent()) {
            if (!version(existing(file)).equals(expected.get())) {
                throw new FileAlreadyExistsException(file.toString(), null, "is of another version");
            }
            files.remove(file);
        }
        return put(file, content);
    }

    @Override
    public synchronized AppendFile createAppendable(Location file) throws IOException {
        require(Capability.APPEND);
        put(file, List.of());
        return new MemoryAppendFile(this, files.get(file), file, 0);
    }

    @Override
    public synchronized AppendFile openAppendable(Location file, long position) throws IOException {
        require(Capability.APPEND);
        MemoryFile found = existing(file);
        if (position < 0 || position > found.size()) {
            throw new IOException("file is shorter than the position, position=" + position + ", size=" + found.size()
                    + ", file=" + file);
        }
        return new MemoryAppendFile(this, found, file, (int) position);
    }

    @Override
    public synchronized FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        require(Capability.SEAL);
        if (position == 0 && !files.containsKey(file)) {
            put(file, List.of());
            files.get(file).growing();
        }
        MemoryFile found = existing(file);
        if (!found.takesAppends() || position != found.size()) {
            throw new AppendRefusedException(
                    file,
                    found.takesAppends()
                            ? "is of another length, expected=" + position + ", size=" + found.size()
                            : "is sealed, size=" + found.size());
        }
        long bytes = content.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes > APPENDS.bytes() || bytes > 0 && found.appends() > APPENDS.appends()) {
            throw new IOException("more than a file takes, bytes=" + bytes + ", limits=" + APPENDS + ", file=" + file);
        }
        for (ByteBuffer buffer : content) {
            found.write(found.size(), buffer);
        }
        changed(found);
        return info(file);
    }

    @Override
    public synchronized FileInfo seal(Location file) throws IOException {
        require(Capability.SEAL);
        existing(file).seal();
        return info(file);
    }

    @Override
    public AppendLimits appendLimits() {
        require(Capability.SEAL);
        return APPENDS;
    }

    @Override
    public synchronized void rename(Location from, Location to) throws IOException {
        require(Capability.ATOMIC_RENAME);
        MemoryFile file = existing(from);
        requireFree(to);
        makeDirectories(to);
        files.remove(from);
        files.put(to, file);
    }

    @Override
    public synchronized void forceDirectory(Location directory) throws IOException {
        requireForce();
        if (!directories.contains(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    @Override
    public synchronized void delete(Location file) throws IOException {
        if (directories.contains(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        files.remove(file);
    }

    @Override
    public synchronized void deleteTree(Location directory) throws IOException {
        if (files.containsKey(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        files.keySet().removeIf(file -> within(file, directory));
        directories.removeIf(child -> child.equals(directory) || within(child, directory));
    }

    @Override
    public synchronized FileLock lock(Location file, String holder) throws IOException {
        require(Capability.LOCK);
        Held taken = locks.get(file);
        if (taken != null) {
            throw new LockedException(taken.words, file);
        }
        if (!files.containsKey(file)) {
            put(file, List.of());
        }
        Held held = new Held(file, holder);
        locks.put(file, held);
        return held;
    }

    @Override
    public synchronized String toString() {
        return "MemoryFileSystem[files=" + files.size() + "]";
    }

    int reserveBytes() {
        return reserveBytes;
    }

    void changed(MemoryFile file) {
        file.changed(versions.incrementAndGet());
    }

    void requireForce() {
        require(Capability.FORCE);
    }

    private void require(Capability capability) {
        if (!capabilities.contains(capability)) {
            throw new UnsupportedOperationException("file system lacks a capability, missing=" + capability);
        }
    }

    private FileInfo put(Location location, List<ByteBuffer> content) throws IOException {
        requireFree(location);
        makeDirectories(location);
        MemoryFile file = new MemoryFile();
        for (ByteBuffer buffer : content) {
            file.write(file.size(), buffer);
        }
        changed(file);
        files.put(location, file);
        return info(location);
    }

    private void requireFree(Location location) throws IOException {
        if (files.containsKey(location) || directories.contains(location)) {
            throw new FileAlreadyExistsException(location.toString());
        }
    }

    private void makeDirectories(Location location) throws IOException {
        Optional<Location> above = parent(location);
        while (above.isPresent()) {
            if (files.containsKey(above.get())) {
                throw new NotDirectoryException(above.get().toString());
            }
            directories.add(above.get());
            above = parent(above.get());
        }
    }

    private MemoryFile existing(Location location) throws NoSuchFileException {
        MemoryFile file = files.get(location);
        if (file == null) {
            throw new NoSuchFileException(location.toString());
        }
        return file;
    }

    private FileInfo info(Location location) {
        MemoryFile file = files.get(location);
        return file == null
                ? new FileInfo(location, true, 0, "")
                : new FileInfo(location, false, file.size(), version(file));
    }

    private static String version(MemoryFile file) {
        return Long.toString(file.version());
    }

    private static boolean within(Location location, Location directory) {
        return location.scheme().equals(directory.scheme())
                && location.path().startsWith(directory.path().replaceAll("/$", "") + "/");
    }

    private static Optional<Location> parent(Location location) {
        boolean top = location.path().equals("/") || location.path().lastIndexOf('/') < 0;
        return top ? Optional.empty() : Optional.of(location.parent());
    }

    /** A lock while it is held; closed late it lets nobody else's go. */
    private final class Held implements FileLock {
        private final Location file;
        private final String words;

        private Held(Location file, String words) {
            this.file = file;
            this.words = words;
        }

        @Override
        public void close() {
            synchronized (MemoryFileSystem.this) {
                locks.remove(file, this);
            }
        }
    }
}
