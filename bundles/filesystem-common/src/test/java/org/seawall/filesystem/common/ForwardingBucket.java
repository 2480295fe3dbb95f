package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Another bucket, for a test to change one thing of. */
public class ForwardingBucket implements Bucket {

    private final Bucket bucket;

    public ForwardingBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        return bucket.head(key);
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> token) throws IOException {
        return bucket.list(prefix, deep, token);
    }

    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        bucket.read(object, offset, target);
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        return bucket.put(key, content, condition, putId);
    }

    @Override
    public String compared(String version) {
        return bucket.compared(version);
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        bucket.delete(keys);
    }
}
