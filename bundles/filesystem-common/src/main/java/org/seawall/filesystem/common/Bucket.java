package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One bucket of a store, as its SDK offers it: the part of a file system on objects that differs from store to store. Safe
 * for use by several threads. Each call is one attempt, without retries of the SDK's own.
 *
 * <p>Errors, by the bundle's translator: {@link java.nio.file.NoSuchFileException} for a missing object,
 * {@link ConditionFailedException} where the store says that the condition does not hold, {@link NotDoneException} where the
 * request certainly had no effect and may be sent again (throttled, not connected), {@link OutcomeOpenException} where it
 * was sent and may have had one, {@link org.seawall.StorageDeniedException} for credentials and permissions, any other
 * {@link IOException} for what no retry mends. Every message names the object, and no secret.
 */
public interface Bucket {

    /** What an object has to be for a {@link #put}. */
    sealed interface Condition {
        /** No object has the key. */
        record Absent() implements Condition {}

        /** The object is of this version. */
        record Version(String version) implements Condition {}
    }

    /**
     * Asks for an object.
     *
     * @param key the key
     * @return what is there, or empty
     * @throws IOException if the storage fails
     */
    Optional<StoredObject> head(String key) throws IOException;

    /**
     * Lists one page, in the order of the keys' bytes.
     *
     * @param prefix what all keys begin with
     * @param deep {@code true} for all keys, {@code false} to fold what comes behind the next slash into prefixes
     * @param token of the page before, or empty for the first
     * @return the page
     * @throws IOException if the storage fails; never an empty page instead
     */
    Page list(String prefix, boolean deep, Optional<String> token) throws IOException;

    /**
     * Fills a buffer with a part of an object.
     *
     * @param object as it was when it was looked up; another version at its key is a {@link ConditionFailedException}
     * @param offset where to begin, in bytes
     * @param target what to fill; the part is within the object
     * @throws IOException if the storage fails or the body is cut; what the buffer holds is undefined then
     */
    void read(StoredObject object, long offset, ByteBuffer target) throws IOException;

    /**
     * Writes a whole object under a condition that the store itself checks, atomically. A large one may go up in parts.
     *
     * @param key the key
     * @param content the bytes, one buffer behind the other; not consumed
     * @param condition what has to hold
     * @param putId kept with the object's metadata, and told by {@link StoredObject#putId()}
     * @return the object as it is now
     * @throws IOException see above
     */
    StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId) throws IOException;

    /**
     * The part of a version that the store itself compares, where a version holds more than that: what the bucket compares
     * before it sends a write proves nothing about the store. Taken for a version too by {@link #put}.
     *
     * @param version as {@link StoredObject#version()} tells it
     * @return the part; all of it, unless a bucket says otherwise
     */
    default String compared(String version) {
        return version;
    }

    /**
     * Looks for a rule of the bucket by which the store deletes objects by itself, as they get old.
     *
     * @param key which objects
     * @return the rule in words for an operator; empty if there is none, or the store does not tell
     * @throws IOException if the storage fails, or has no such rules
     */
    default Optional<String> expiry(String key) throws IOException {
        return Optional.empty();
    }

    /**
     * Deletes objects. One that does not exist is no error. May be repeated.
     *
     * @param keys at most a thousand
     * @throws IOException if the storage fails; some may be gone then
     */
    void delete(List<String> keys) throws IOException;
}
