package org.seawall.filesystem.local;

import static org.seawall.filesystem.local.LocalExceptions.naming;
import static org.seawall.filesystem.local.LocalPaths.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.ProvidesFileSystem;

/** Files on a local disk, with everything that a file system can do. */
@Component(
        service = FileSystem.class,
        configurationPid = "org.seawall.filesystem.local",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = LocalConfiguration.class, factory = true)
@ProvidesFileSystem(
        schemes = LocalPaths.SCHEME,
        capabilities = {
            Capability.APPEND,
            Capability.FORCE,
            Capability.CREATE_EXCLUSIVE,
            Capability.CONDITIONAL_REPLACE,
            Capability.ATOMIC_RENAME,
            Capability.STRONG_LIST,
            Capability.RANGE_READ,
            Capability.LOCK
        })
public final class LocalFileSystem implements FileSystem {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Disk disk;
    private final Reserve reserve;
    private final Directories directories;
    private final LockFiles lockFiles;
    private final FileNames names;
    private final Creation creation;
    private final AheadThread ahead;

    /**
     * The component.
     *
     * @param configuration what the operator set
     * @throws IllegalArgumentException if a value is out of its range
     */
    @Activate
    public LocalFileSystem(LocalConfiguration configuration) {
        this(configuration.reserveBytes());
    }

    /**
     * The file system without a container.
     *
     * @param reserveBytes bytes that are written ahead with zeroes behind a file that grows
     * @throws IllegalArgumentException if the value is out of its range
     */
    public LocalFileSystem(long reserveBytes) {
        this(reserveBytes, new SystemDisk(), PATIENCE);
    }

    LocalFileSystem(long reserveBytes, Disk disk, Duration patience) {
        this(new Reserve(reserveBytes, disk.tellsEveryChannel()), disk, patience, AheadThread.begin());
    }

    LocalFileSystem(Reserve reserve, Disk disk, Duration patience, AheadThread ahead) {
        this.disk = disk;
        this.ahead = ahead;
        this.reserve = reserve;
        this.directories = new Directories(disk);
        this.lockFiles = new LockFiles(disk);
        this.names = new FileNames(disk, new CreationLock(lockFiles, patience));
        this.creation = new Creation(disk, directories, names);
    }

    /** Ends the thread that writes ahead. Files that are still open go on without. */
    @Deactivate
    void stop() {
        ahead.close();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.SEAL));
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        Path path = path(directory);
        return naming("list", directory, () -> {
            List<FileInfo> found = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    if (!LocalPaths.own(name)) {
                        LocalInfo.listed(child(directory, name), entry).ifPresent(found::add);
                    }
                }
            } catch (NoSuchFileException e) {
                return List.of();
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            found.sort(Comparator.comparing(FileInfo::name));
            return List.copyOf(found);
        });
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        Path path = path(location);
        return naming("find", location, () -> LocalInfo.find(location, path));
    }

    @Override
    public FileInput open(Location file) throws IOException {
        Path path = path(file);
        return naming("open", file, () -> {
            if (Files.isDirectory(path)) {
                throw new FileSystemException(path.toString(), null, "is a directory");
            }
            FileChannel channel = disk.open(path, StandardOpenOption.READ);
            return opened(channel, () -> new LocalFileInput(file, channel, channel.size()));
        });
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        Path path = path(file);
        return naming("create", file, () -> creation.create(file, path, content));
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        Path path = path(file);
        return naming(
                "replace",
                file,
                () -> expected.isPresent()
                        ? creation.replace(file, path, content, expected.get())
                        : creation.create(file, path, content));
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        Path path = path(file);
        return naming("create", file, () -> {
            directories.make(LocalPaths.directory(path));
            FileChannel channel =
                    names.changing(() -> disk.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            return opened(channel, () -> appendFile(file, path, channel));
        });
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        Path path = path(file);
        return naming("open", file, () -> {
            FileChannel channel = disk.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return opened(channel, () -> {
                if (channel.size() < position) {
                    throw new IOException("file is shorter than the position, position=" + position + ", size="
                            + channel.size() + ", file=" + file);
                }
                Rewriting.before(channel, position);
                return appendFile(file, path, channel.position(position));
            });
        });
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        Path source = path(from);
        Path target = path(to);
        try {
            directories.make(LocalPaths.directory(target));
            names.rename(source, target);
        } catch (FileAlreadyExistsException e) {
            throw LocalExceptions.translate("rename", to, e);
        } catch (IOException e) {
            throw LocalExceptions.translate("rename to " + to, from, e);
        }
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        Path path = path(directory);
        naming("force", directory, () -> {
            directories.force(path);
            return path;
        });
    }

    @Override
    public void delete(Location file) throws IOException {
        Path path = path(file);
        naming("delete", file, () -> {
            if (Files.isDirectory(path)) {
                throw new FileSystemException(path.toString(), null, "is a directory");
            }
            return Files.deleteIfExists(path);
        });
    }

    /** The names above are forced also if nothing is there: an earlier process may have died before it did so. */
    @Override
    public void deleteTree(Location directory) throws IOException {
        Path path = path(directory);
        naming("delete", directory, () -> {
            directories.forget(path);
            Trees.delete(path);
            disk.forceDirectory(Trees.nearest(LocalPaths.directory(path)));
            return path;
        });
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        Path path = path(file);
        return naming("lock", file, () -> {
            directories.make(LocalPaths.directory(path));
            return lockFiles.take(file, path, holder);
        });
    }

    /** The second channel is opened at once: later the file may have another name. */
    private LocalAppendFile appendFile(Location file, Path path, FileChannel channel) throws IOException {
        FileChannel zeroes = disk.open(path, StandardOpenOption.WRITE);
        return opened(zeroes, () -> new LocalAppendFile(file, channel, new WriteAhead(file, zeroes, reserve, ahead)));
    }

    /** Not {@link Location#child}, which refuses the backslash that a name on this disk may have. */
    private static Location child(Location directory, String name) {
        String path = directory.path();
        return new Location(directory.scheme(), path.endsWith("/") ? path + name : path + "/" + name);
    }

    private static <T> T opened(FileChannel channel, LocalExceptions.Operation<T> then) throws IOException {
        try {
            return then.run();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
