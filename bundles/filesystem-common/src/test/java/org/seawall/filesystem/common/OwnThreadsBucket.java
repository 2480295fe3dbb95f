package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Fails where a request is made on another thread than the file system's own. */
final class OwnThreadsBucket extends ForwardingBucket {

    OwnThreadsBucket(Bucket bucket) {
        super(bucket);
    }

    private static void check() {
        String name = Thread.currentThread().getName();
        assertTrue(name.startsWith("seawall-filesystem-"), () -> "a request on the caller's thread: " + name);
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        check();
        return super.head(key);
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> token) throws IOException {
        check();
        return super.list(prefix, deep, token);
    }

    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        check();
        super.read(object, offset, target);
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        check();
        return super.put(key, content, condition, putId);
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        check();
        super.delete(keys);
    }
}
