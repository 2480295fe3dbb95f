package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A bucket in memory that does what it says, in pages of a size that tests can fill. */
public final class MemoryBucket implements Bucket {

    private record Kept(StoredObject object, byte[] content) {}

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
        if (!found.object().version().equals(object.version())) {
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
    }

    /** All keys, the file system's own too. */
    public synchronized List<String> keys() {
        return List.copyOf(kept.keySet());
    }
}
