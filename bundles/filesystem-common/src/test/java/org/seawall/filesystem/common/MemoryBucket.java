package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A bucket in memory that does what it says, in pages of a size that tests can fill. */
public final class MemoryBucket implements GrowingBucket {

    private record Kept(StoredObject object, byte[] content) {}

    /** Behind the version of what grows: it is read in whatever version it is. */
    private static final String GROWS = "+";

    private final Set<String> sealed = new HashSet<>();
    private final NavigableMap<String, Kept> kept = new TreeMap<>();
    private final int pageSize;
    private long versions;

    public MemoryBucket() {
        this(1000);
    }

    public MemoryBucket(int pageSize) {
        this.pageSize = pageSize;
    }

    @Override
    public synchronized Optional<StoredObject> head(String key) {
        return Optional.ofNullable(kept.get(key)).map(Kept::object);
    }

    /** The token is the last key or prefix of the page before. */
    @Override
    public synchronized Page list(String prefix, boolean deep, Optional<String> token) {
        List<StoredObject> objects = new ArrayList<>();
        NavigableSet<String> prefixes = new TreeSet<>();
        String last = "";
        for (Kept each : kept.tailMap(prefix, true).values()) {
            String key = each.object().key();
            if (!key.startsWith(prefix)) {
                break;
            }
            int slash = deep ? -1 : key.indexOf('/', prefix.length());
            String shown = slash < 0 ? key : key.substring(0, slash + 1);
            if (token.isPresent() && shown.compareTo(token.get()) <= 0 || prefixes.contains(shown)) {
                continue;
            }
            if (objects.size() + prefixes.size() == pageSize) {
                return new Page(objects, List.copyOf(prefixes), Optional.of(last));
            }
            last = shown;
            if (slash < 0) {
                StoredObject object = each.object();
                objects.add(new StoredObject(key, object.size(), object.version(), Optional.empty()));
            } else {
                prefixes.add(shown);
            }
        }
        return new Page(objects, List.copyOf(prefixes), Optional.empty());
    }

    @Override
    public synchronized void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        Kept found = kept.get(object.key());
        if (found == null) {
            throw new NoSuchFileException(object.key());
        }
        if (!found.object().version().equals(object.version())
                && !object.version().endsWith(GROWS)) {
            throw new ConditionFailedException("of another version, key=" + object.key(), null);
        }
        target.put(found.content(), Math.toIntExact(offset), target.remaining());
    }

    @Override
    public synchronized StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        Kept found = kept.get(key);
        boolean holds = condition instanceof Condition.Version expected
                ? found != null && found.object().version().equals(expected.version())
                : found == null;
        if (!holds) {
            throw new ConditionFailedException(
                    "condition does not hold, condition=" + condition + ", key=" + key, null);
        }
        byte[] bytes = bytes(content);
        StoredObject object = new StoredObject(key, bytes.length, "v" + ++versions, Optional.of(putId));
        kept.put(key, new Kept(object, bytes));
        return object;
    }

    @Override
    public synchronized void begin(String key) {
        kept.computeIfAbsent(key, missing -> grown(key, new byte[0]));
    }

    private Kept grown(String key, byte[] content) {
        return new Kept(new StoredObject(key, content.length, "v" + ++versions + GROWS, Optional.empty()), content);
    }

    @Override
    public synchronized StoredObject append(String key, long position, List<ByteBuffer> content) throws IOException {
        Kept found = kept.get(key);
        if (found == null) {
            throw new NoSuchFileException(key);
        }
        if (sealed.contains(key) || !found.object().version().endsWith(GROWS)) {
            throw new SealedException("takes no appends, key=" + key, null);
        }
        if (found.content().length != position) {
            throw new ConditionFailedException("of another length, key=" + key, null);
        }
        byte[] bytes = bytes(content);
        byte[] all = Arrays.copyOf(found.content(), found.content().length + bytes.length);
        System.arraycopy(bytes, 0, all, found.content().length, bytes.length);
        Kept more = grown(key, all);
        kept.put(key, more);
        return more.object();
    }

    @Override
    public synchronized void seal(String key) throws IOException {
        if (!kept.containsKey(key)) {
            throw new NoSuchFileException(key);
        }
        sealed.add(key);
    }

    private static byte[] bytes(List<ByteBuffer> content) {
        ByteBuffer all = ByteBuffer.allocate(
                content.stream().mapToInt(ByteBuffer::remaining).sum());
        content.forEach(buffer -> all.put(buffer.duplicate()));
        return all.array();
    }

    @Override
    public synchronized void delete(List<String> keys) throws IOException {
        if (keys.size() > 1000) {
            throw new IOException("too many keys, count=" + keys.size());
        }
        keys.forEach(kept::remove);
        keys.forEach(sealed::remove);
    }

    /** All keys, the file system's own too. */
    public synchronized List<String> keys() {
        return List.copyOf(kept.keySet());
    }
}
