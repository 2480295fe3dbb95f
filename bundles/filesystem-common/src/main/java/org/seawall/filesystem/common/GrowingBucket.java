package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A bucket with objects that grow until they are sealed. Each call is one attempt, with the errors of {@link Bucket}. What is
 * read of such an object is what was at its offset when it was looked up, however long it has become since.
 */
public interface GrowingBucket extends Bucket {

    /**
     * Creates an empty object that grows, if nothing has the key. Whatever has it is left alone. May be repeated.
     *
     * @param key the key
     * @throws IOException see {@link Bucket}
     */
    void begin(String key) throws IOException;

    /**
     * Appends, if the object is exactly that long: whole, and durable on return.
     *
     * @param key the key
     * @param position how long the object has to be, in bytes
     * @param content the bytes, at least one, one buffer behind the other; not consumed
     * @return the object as it is now
     * @throws ConditionFailedException if it is of another length
     * @throws SealedException if it takes no append, whatever the position
     * @throws java.nio.file.NoSuchFileException if nothing has the key
     * @throws IOException see {@link Bucket}
     */
    StoredObject append(String key, long position, List<ByteBuffer> content) throws IOException;

    /**
     * Ends the growing of an object. One that does not grow is left alone. May be repeated.
     *
     * @param key the key
     * @throws java.nio.file.NoSuchFileException if nothing has the key
     * @throws IOException see {@link Bucket}
     */
    void seal(String key) throws IOException;
}
