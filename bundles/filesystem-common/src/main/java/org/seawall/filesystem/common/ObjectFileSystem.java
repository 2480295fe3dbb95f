package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Files as objects in buckets, at locations such as {@code s3://bucket/prefix/name}. A directory is what keys have in common up
 * to a slash; nothing is stored for it. What an object store cannot do (locks, renaming) is refused; files that grow are for
 * {@link GrowingFileSystem}.
 *
 * <p>{@link #create} and {@link #replace} are settled: what returns is there, what throws
 * anything but {@link OutcomeUnknownException} is not. If the name is another's, and one of our attempts was left open, then
 * {@code create} says {@link FileAlreadyExistsException} (ours is not there, and could only have been if somebody deleted it
 * since), and {@code replace} says {@link OutcomeUnknownException} (ours may have been replaced since by who saw it).
 *
 * <p>A caller that is interrupted in a change gets its outcome nevertheless; in a read it gets an
 * {@link java.io.InterruptedIOException}.
 */
public class ObjectFileSystem implements FileSystem {

    private final Buckets buckets;
    private final StoreCalls calls;
    private final Predicate<String> probes;
    private final ConformanceProbe probe;

    /**
     * A file system that has asked its store for nothing yet.
     *
     * @param buckets the store
     * @param calls how it is called; whoever made its threads closes them
     * @param probes whether the store's conditions are tried before the first write to a bucket
     */
    public ObjectFileSystem(Buckets buckets, StoreCalls calls, boolean probes) {
        this(buckets, calls, bucket -> probes);
    }

    /**
     * A file system that has asked its store for nothing yet.
     *
     * @param buckets the store
     * @param calls how it is called; whoever made its threads closes them
     * @param probes of which buckets the conditions are tried before the first write, by name; asked before each write
     */
    public ObjectFileSystem(Buckets buckets, StoreCalls calls, Predicate<String> probes) {
        this.buckets = buckets;
        this.calls = calls;
        this.probes = probes;
        this.probe = new ConformanceProbe(calls);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CREATE_EXCLUSIVE,
                Capability.CONDITIONAL_REPLACE,
                Capability.STRONG_LIST,
                Capability.RANGE_READ);
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        ObjectPath path = ObjectPath.of(directory);
        Listing listing = new Listing(directory, path.prefix());
        Optional<String> token = Optional.empty();
        do {
            Optional<String> from = token;
            Page page = calls.read(() -> buckets.bucket(path.bucket()).list(path.prefix(), false, from));
            listing.add(page);
            token = page.next();
        } while (token.isPresent());
        if (listing.empty() && !path.key().isEmpty() && head(path).isPresent()) {
            throw new FileSystemException(directory.toString(), null, "is a file, not a directory");
        }
        return listing.sorted();
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        ObjectPath path = ObjectPath.of(location);
        Optional<StoredObject> found = path.key().isEmpty() ? Optional.empty() : head(path);
        if (found.isPresent()) {
            return found.map(object -> info(location, object));
        }
        Page page = calls.read(() -> buckets.bucket(path.bucket()).list(path.prefix(), false, Optional.empty()));
        boolean empty = page.objects().isEmpty() && page.prefixes().isEmpty();
        return empty ? Optional.empty() : Optional.of(new FileInfo(location, true, 0, ""));
    }

    @Override
    public FileInput open(Location file) throws IOException {
        ObjectPath path = filePath(file);
        StoredObject object =
                head(path).orElseThrow(() -> new NoSuchFileException(file.toString(), null, "no such object"));
        Bucket bucket = calls.read(() -> buckets.bucket(path.bucket()));
        return new ObjectInput(file, bucket, object, calls);
    }

    /** One request less: the first read asks for that version. */
    @Override
    public FileInput open(FileInfo file) throws IOException {
        if (file.directory() || file.version().isEmpty()) {
            return open(file.location());
        }
        ObjectPath path = filePath(file.location());
        Bucket bucket = calls.read(() -> buckets.bucket(path.bucket()));
        StoredObject object = new StoredObject(path.key(), file.size(), file.version(), Optional.empty());
        return new ObjectInput(file.location(), bucket, object, calls);
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        Outcome outcome = write(file, content, new Bucket.Condition.Absent());
        if (outcome instanceof Outcome.Written written) {
            return consumed(content, info(file, written.object()));
        }
        throw taken(file, "the name is taken", (Outcome.Refused) outcome);
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        Bucket.Condition condition =
                expected.<Bucket.Condition>map(Bucket.Condition.Version::new).orElseGet(Bucket.Condition.Absent::new);
        Outcome outcome = write(file, content, condition);
        if (outcome instanceof Outcome.Written written) {
            return consumed(content, info(file, written.object()));
        }
        Outcome.Refused refused = (Outcome.Refused) outcome;
        String found = refused.found().map(StoredObject::version).orElse("nothing");
        String versions = "expected=" + expected.orElse("nothing") + ", found=" + found;
        if (refused.open()) {
            throw new OutcomeUnknownException(
                    "a replacement may have taken place and have been replaced since, " + versions + ", file=" + file,
                    refused.cause());
        }
        throw taken(file, "is of another version, " + versions, refused);
    }

    private Outcome write(Location file, List<ByteBuffer> content, Bucket.Condition condition) throws IOException {
        ObjectPath path = filePath(file);
        List<ByteBuffer> bytes =
                content.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
        return calls.threads().change(() -> {
            Target target = new Target(file, buckets.bucket(path.bucket()), path.key());
            if (probes.test(path.bucket())) {
                probe.check(path.bucket(), target);
            }
            return calls.write(target, bytes, condition);
        });
    }

    private static FileAlreadyExistsException taken(Location file, String words, Outcome.Refused refused) {
        FileAlreadyExistsException taken = new FileAlreadyExistsException(file.toString(), null, words);
        taken.initCause(refused.cause());
        return taken;
    }

    static FileInfo consumed(List<ByteBuffer> content, FileInfo info) {
        content.forEach(buffer -> buffer.position(buffer.limit()));
        return info;
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        throw missing(Capability.APPEND, file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        throw missing(Capability.APPEND, file);
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        throw missing(Capability.ATOMIC_RENAME, from);
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        throw missing(Capability.FORCE, directory);
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        throw missing(Capability.LOCK, file);
    }

    private static UnsupportedOperationException missing(Capability capability, Location location) {
        return new UnsupportedOperationException(
                "not possible on this storage, missing=" + capability + ", location=" + location);
    }

    @Override
    public void delete(Location file) throws IOException {
        ObjectPath path = filePath(file);
        delete(path, List.of(path.key()));
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        ObjectPath path = ObjectPath.of(directory);
        Optional<String> token = Optional.empty();
        do {
            Optional<String> from = token;
            Page page = calls.read(() -> buckets.bucket(path.bucket()).list(path.prefix(), true, from));
            List<String> keys = page.objects().stream().map(StoredObject::key).toList();
            for (int at = 0; at < keys.size(); at += 1000) {
                delete(path, keys.subList(at, Math.min(at + 1000, keys.size())));
            }
            token = page.next();
        } while (token.isPresent());
    }

    private void delete(ObjectPath path, List<String> keys) throws IOException {
        calls.repeatedly(() -> {
            buckets.bucket(path.bucket()).delete(keys);
            return keys;
        });
    }

    private Optional<StoredObject> head(ObjectPath path) throws IOException {
        return calls.read(() -> buckets.bucket(path.bucket()).head(path.key()));
    }

    static ObjectPath filePath(Location file) {
        ObjectPath path = ObjectPath.of(file);
        if (path.key().isEmpty()) {
            throw new IllegalArgumentException("a bucket is no file, location=" + file);
        }
        return path;
    }

    static FileInfo info(Location location, StoredObject object) {
        return new FileInfo(location, false, object.size(), object.version());
    }
}
