package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/**
 * Files as objects, some of which grow until they are sealed: every {@link Bucket} is a {@link GrowingBucket}. An append is
 * settled as a creation is: what returns is there, what throws anything but {@link org.seawall.OutcomeUnknownException} is not,
 * and never will be.
 */
public class GrowingFileSystem extends ObjectFileSystem {

    private final Buckets buckets;
    private final StoreCalls calls;
    private final Predicate<String> probes;
    private final ConformanceProbe probe;
    private final Optional<AppendLimits> limits;

    /**
     * A file system that has asked its store for nothing yet.
     *
     * @param buckets the store
     * @param calls how it is called; whoever made its threads closes them
     * @param probes of which buckets the conditions are tried before the first write and before the first append, by name
     * @param limits how much an object takes that grows; empty if none are to grow
     */
    public GrowingFileSystem(
            Buckets buckets, StoreCalls calls, Predicate<String> probes, Optional<AppendLimits> limits) {
        super(buckets, calls, probes);
        this.buckets = buckets;
        this.calls = calls;
        this.probes = probes;
        this.probe = new ConformanceProbe(calls, new GrowthTrial(calls));
        this.limits = limits;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(super.capabilities());
        limits.ifPresent(some -> capabilities.add(Capability.SEAL));
        return capabilities;
    }

    @Override
    public AppendLimits appendLimits() {
        return limits.orElseGet(super::appendLimits);
    }

    @Override
    public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        if (limits.isEmpty()) {
            return super.append(file, position, content);
        }
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        if (size > appendLimits().bytes()) {
            throw new IllegalArgumentException("more than an append takes, bytes=" + size + ", most="
                    + appendLimits().bytes() + ", file=" + file);
        }
        ObjectPath path = filePath(file);
        List<ByteBuffer> bytes =
                content.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
        StoredObject appended = calls.threads().change(() -> {
            Target target = new Target(file, buckets.bucket(path.bucket()), path.key());
            GrowingBucket bucket = growing(target.bucket(), file);
            if (probes.test(path.bucket())) {
                probe.check(path.bucket(), target);
            }
            if (position == 0) {
                begin(bucket, path.key());
            }
            return size == 0
                    ? atEnd(target, position)
                    : new Addition(target, bucket, calls.retries().begin(), position).append(bytes);
        });
        return consumed(content, info(file, appended));
    }

    /** Nothing is to be appended, and so nothing is asked of the store but to look. */
    private StoredObject atEnd(Target target, long position) throws IOException {
        StoredObject found = calls.retries()
                .repeat(() -> target.bucket().head(target.key()))
                .orElseThrow(() -> missing(target.location(), null));
        if (found.size() != position) {
            throw new AppendRefusedException(
                    target.location(), "is of another length, expected=" + position + ", size=" + found.size());
        }
        return found;
    }

    private void begin(GrowingBucket bucket, String key) throws IOException {
        calls.retries().repeat(() -> {
            bucket.begin(key);
            return key;
        });
    }

    @Override
    public FileInfo seal(Location file) throws IOException {
        if (limits.isEmpty()) {
            return super.seal(file);
        }
        ObjectPath path = filePath(file);
        return calls.repeatedly(() -> {
            GrowingBucket bucket = growing(buckets.bucket(path.bucket()), file);
            try {
                bucket.seal(path.key());
            } catch (NoSuchFileException e) {
                throw missing(file, e);
            }
            return info(file, bucket.head(path.key()).orElseThrow(() -> missing(file, null)));
        });
    }

    private static NoSuchFileException missing(Location file, NoSuchFileException cause) {
        NoSuchFileException missing =
                new NoSuchFileException(file.toString(), null, "is not there to grow or to be sealed");
        missing.initCause(cause);
        return missing;
    }

    static GrowingBucket growing(Bucket bucket, Location file) {
        if (bucket instanceof GrowingBucket growing) {
            return growing;
        }
        throw new IllegalStateException("bucket has no objects that grow, file=" + file);
    }
}
