package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** As a bucket of a store whose versions come back: it has the put-id in its versions, and looks before it writes. */
final class LookingBucket extends ForwardingBucket {

    LookingBucket(Bucket store) {
        super(store);
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        return super.head(key).map(LookingBucket::marked);
    }

    private static StoredObject marked(StoredObject object) {
        return new StoredObject(
                object.key(),
                object.size(),
                object.version() + ";" + object.putId().orElse(""),
                object.putId());
    }

    @Override
    public String compared(String version) {
        return version.split(";")[0];
    }

    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        String version = compared(object.version());
        super.read(new StoredObject(object.key(), object.size(), version, object.putId()), offset, target);
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        if (!(condition instanceof Condition.Version expected)) {
            return marked(super.put(key, content, condition, putId));
        }
        boolean marked = expected.version().contains(";");
        if (marked
                && head(key)
                        .filter(found -> found.version().equals(expected.version()))
                        .isEmpty()) {
            throw new ConditionFailedException("of another version, key=" + key, null);
        }
        return marked(super.put(key, content, new Condition.Version(compared(expected.version())), putId));
    }
}
