package org.seawall.viper.part;

import java.util.Map;
import java.util.Objects;
import org.seawall.Entry;
import org.seawall.Operation;

/**
 * One row of a part: an entry as the log holds it, with its sequence. The arrays are not copied.
 *
 * @param entry a PUT
 * @param sequence the entry's sequence, at least 1
 * @param version counts the versions of the id as the log tells them, from 1 on
 */
public record Row(Entry entry, long sequence, long version) {
    /** Checks that it is an entry that a part can hold. */
    public Row {
        Objects.requireNonNull(entry, "entry");
        if (entry.operation() != Operation.PUT) {
            throw new IllegalArgumentException("a delete is no row, id=" + entry.id());
        }
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence out of range, expected at least 1, sequence=" + sequence);
        }
    }

    /**
     * A first version.
     *
     * @param entry a PUT
     * @param sequence its sequence
     */
    public Row(Entry entry, long sequence) {
        this(entry, sequence, 1);
    }

    /** The entry's id. */
    public String id() {
        return entry.id();
    }

    /** The components; empty for a row without a vector. */
    public float[] vector() {
        return entry.vector();
    }

    /** The entry's metadata. */
    public Map<String, Object> metadata() {
        return entry.metadata();
    }
}
