package org.example.volume;

import static org.example.volume.VolumeExceptions.naming;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.OutcomeUnknownException;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.ProvidesFileSystem;

/**
 * A directory, under URLs such as {@code volume:/notes} that stay when it is mounted elsewhere. Files appear whole and are replaced
 * whole; they do not grow: it claims no more than that. The strategy {@code object} needs no more, and neither do snapshots.
 */
@Component(
        service = FileSystem.class,
        configurationPid = "org.example.volume",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@ProvidesFileSystem(
        schemes = "volume",
        capabilities = {
            Capability.CREATE_EXCLUSIVE,
            Capability.CONDITIONAL_REPLACE,
            Capability.STRONG_LIST,
            Capability.RANGE_READ
        })
@Designate(ocd = VolumeConfiguration.class)
public final class VolumeFileSystem implements FileSystem {
    /** Where files grow that have no name yet; what a process leaves here that dies is of no use to anybody. */
    private static final String UNNAMED = ".unnamed";

    private final Path root;
    private final VolumeLock lock;

    /** Directories whose names are known to be durable, so that not each creation forces all above it. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    /**
     * The volume as configured.
     *
     * @param configuration where it is
     * @throws IllegalArgumentException if nothing is mounted there
     */
    @Activate
    public VolumeFileSystem(VolumeConfiguration configuration) {
        this(Path.of(configuration.root()));
    }

    /**
     * The volume without a container.
     *
     * @param root a directory
     * @throws IllegalArgumentException if it does not exist
     */
    public VolumeFileSystem(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.lock = new VolumeLock(this.root.resolve(UNNAMED).resolve("lock"));
        if (!Files.isDirectory(this.root)) {
            throw new IllegalArgumentException("volume is no directory, is it mounted? root=" + this.root);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CREATE_EXCLUSIVE,
                Capability.CONDITIONAL_REPLACE,
                Capability.STRONG_LIST,
                Capability.RANGE_READ);
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        List<FileInfo> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.equals(UNNAMED)) {
                    find(directory.child(name)).ifPresent(found::add);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw naming(directory, e);
        }
        found.sort(Comparator.comparing(FileInfo::name));
        return found;
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        try {
            return Optional.of(info(location, path(location)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw naming(location, e);
        }
    }

    @Override
    public FileInput open(Location file) throws IOException {
        try {
            return new VolumeInput(file, path(file));
        } catch (IOException e) {
            throw naming(file, e);
        }
    }

    /** A link is made as a whole, and never in place of another: the file gets its name when all of it is durable. */
    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        Path name = path(file);
        Path unnamed = unnamed();
        try {
            write(unnamed, content);
            makeDirectory(name.getParent());
            Files.createLink(name, unnamed);
        } catch (IOException e) {
            throw naming(file, e);
        } finally {
            Files.deleteIfExists(unnamed);
        }
        return named(file, name);
    }

    private FileInfo named(Location file, Path name) {
        try {
            force(name.getParent());
            return info(file, name);
        } catch (IOException e) {
            throw new OutcomeUnknownException("file has its name, and may lose it with the power, file=" + file, e);
        }
    }

    /** Each content is newer than the one before it, by the clock or by one more, so that no version comes back. */
    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        if (expected.isEmpty()) {
            return create(file, content);
        }
        Path name = path(file);
        Path unnamed = unnamed();
        try {
            write(unnamed, content);
            return lock.holding(() -> {
                if (!info(file, name).version().equals(expected.get())) {
                    throw new FileAlreadyExistsException(file.toString(), null, "is of another version");
                }
                Instant after = Files.getLastModifiedTime(name).toInstant().plusMillis(1);
                if (after.isAfter(Files.getLastModifiedTime(unnamed).toInstant())) {
                    Files.setLastModifiedTime(unnamed, FileTime.from(after));
                }
                Files.move(unnamed, name, StandardCopyOption.ATOMIC_MOVE);
                return named(file, name);
            });
        } catch (IOException e) {
            throw naming(file, e);
        } finally {
            Files.deleteIfExists(unnamed);
        }
    }

    private Path unnamed() throws IOException {
        makeDirectory(root.resolve(UNNAMED));
        return root.resolve(UNNAMED).resolve(UUID.randomUUID().toString());
    }

    /** Not by a channel, which an interrupted thread would close. */
    private static void write(Path file, List<ByteBuffer> content) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            for (ByteBuffer buffer : content) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.write(bytes);
            }
            out.getFD().sync();
        }
    }

    /** A file in a directory that is lost is lost; and who made the directory may have died before he forced its name. */
    private void makeDirectory(Path directory) throws IOException {
        if (directory.equals(root) || durable.contains(directory) && Files.isDirectory(directory)) {
            return;
        }
        makeDirectory(directory.getParent());
        Files.createDirectories(directory);
        force(directory.getParent());
        durable.add(directory);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(Location file) throws IOException {
        Path path = path(file);
        try {
            if (Files.isDirectory(path)) {
                throw new FileSystemException(file.toString(), null, "is a directory");
            }
            lock.holding(() -> Files.deleteIfExists(path));
        } catch (IOException e) {
            throw naming(file, e);
        }
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        Path path = path(directory);
        durable.removeIf(known -> known.startsWith(path));
        try (Stream<Path> tree = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
            // also if nothing is left: who tried before may have died behind its last deletion
            Path above = path.getParent();
            while (!Files.isDirectory(above)) {
                above = above.getParent();
            }
            force(above);
        } catch (IOException e) {
            throw naming(directory, e);
        }
    }

    private static FileInfo info(Location location, Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        return found.isDirectory()
                ? new FileInfo(location, true, 0, "")
                : new FileInfo(location, false, found.size(), found.fileKey() + "-" + found.lastModifiedTime());
    }

    /** What a location names is in the volume, whatever its path says. */
    private Path path(Location location) throws IOException {
        Path path = root.resolve(location.path().replaceFirst("^/+", "")).normalize();
        if (!path.startsWith(root) || path.startsWith(root.resolve(UNNAMED))) {
            throw new StorageDeniedException("location is outside the volume, location=" + location);
        }
        return path;
    }

    @Override
    public AppendFile createAppendable(Location file) {
        throw missing(Capability.APPEND, file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) {
        throw missing(Capability.APPEND, file);
    }

    @Override
    public void rename(Location from, Location to) {
        throw missing(Capability.ATOMIC_RENAME, from);
    }

    @Override
    public void forceDirectory(Location directory) {
        throw missing(Capability.FORCE, directory);
    }

    @Override
    public FileLock lock(Location file, String holder) {
        throw missing(Capability.LOCK, file);
    }

    private static UnsupportedOperationException missing(Capability capability, Location location) {
        return new UnsupportedOperationException(
                "a volume does not do that, missing=" + capability + ", location=" + location);
    }

    @Override
    public String toString() {
        return "VolumeFileSystem[root=" + root + "]";
    }
}
