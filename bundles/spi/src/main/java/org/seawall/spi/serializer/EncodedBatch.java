package org.seawall.spi.serializer;

import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.Entry;
import org.seawall.Operation;

/**
 * Entries as bytes, with a way to look at each without making an object of it. Immutable and safe for use by several
 * threads. It is what a log keeps in memory, so it holds little beyond the bytes.
 *
 * <p>Entries are counted from 0. What is asked of an index outside throws {@link IndexOutOfBoundsException}.
 */
@ConsumerType
public interface EncodedBatch {
    /**
     * How many entries it holds.
     *
     * @return at least 1
     */
    int count();

    /**
     * How much memory it keeps.
     *
     * @return bytes, of the encoded entries and of what is kept beside them
     */
    int sizeBytes();

    /**
     * The length of an encoded entry.
     *
     * @param index the entry
     * @return bytes
     */
    int entryBytes(int index);

    /**
     * What an entry does.
     *
     * @param index the entry
     * @return its operation
     */
    Operation operation(int index);

    /**
     * An entry's id in UTF-8.
     *
     * @param index the entry
     * @return a copy
     */
    byte[] id(int index);

    /**
     * Whether an entry has an id.
     *
     * @param index the entry
     * @param utf8 the id in UTF-8
     * @return whether the bytes are the same
     */
    boolean idEquals(int index, byte[] utf8);

    /**
     * When an entry expires.
     *
     * @param index the entry
     * @return milliseconds of Unix time, or 0 for never
     */
    long expiresAtMillis(int index);

    /**
     * The number of components of an entry's vector.
     *
     * @param index the entry
     * @return 0 if it has none
     */
    int dimension(int index);

    /**
     * Copies the components of an entry's vector.
     *
     * @param index the entry
     * @param target takes them from its index 0; at least {@link #dimension} long
     */
    void vector(int index, float[] target);

    /**
     * The entry as an object.
     *
     * @param index the entry
     * @return a new object that shares nothing with the batch
     */
    Entry entry(int index);
}
