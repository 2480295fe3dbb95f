package org.seawall.serializer.common;

import java.util.List;
import org.seawall.Entry;
import org.seawall.SerializationException;

/**
 * Encodes entries: measures them all, allocates once, writes once. For one batch.
 *
 * @param <O> writes the format
 * @param <B> the encoded batch
 */
public abstract class BatchEncoder<O extends WireOutput, B extends EncodedEntries> {
    private final List<Entry> entries;
    private final long defaultTimestampMillis;
    private int current;

    protected BatchEncoder(List<Entry> entries, long defaultTimestampMillis) {
        this.entries = List.copyOf(entries);
        this.defaultTimestampMillis = defaultTimestampMillis;
    }

    /** The batch, with at most so many bytes of entries and what belongs to them. */
    public final B encode(int maxBytes) {
        if (entries.isEmpty()) {
            throw new SerializationException("empty batch, expected at least one entry");
        }
        if (defaultTimestampMillis < 0) {
            throw new SerializationException("negative time, defaultTimestampMillis=" + defaultTimestampMillis);
        }
        long size = measure();
        if (size > maxBytes) {
            throw new SerializationException(
                    "batch over the limit, bytes=" + size + ", limit=" + maxBytes + ", entries=" + entries.size());
        }
        int[] boundaries = new int[entries.size() + 1];
        O output = begin((int) size, entries.size());
        for (current = 0; current < entries.size(); current++) {
            boundaries[current] = output.position();
            writeChecked(output);
        }
        boundaries[current] = output.position();
        return end(output, boundaries);
    }

    private long measure() {
        long size = sizeAround(entries.size());
        for (current = 0; current < entries.size(); current++) {
            size += measure(current, entries.get(current));
        }
        return size;
    }

    private void writeChecked(O output) {
        try {
            write(current, entries.get(current), output);
        } catch (MalformedException e) {
            throw new SerializationException(
                    e.fact() + ", value=" + e.actual() + ", field=vector, entry=" + current, e);
        }
    }

    /** The bytes that belong to the entries and are in none of them. */
    protected abstract int sizeAround(int count);

    /** The bytes of an entry. */
    protected abstract long measure(int index, Entry entry);

    /** Begins to write what was measured. */
    protected abstract O begin(int size, int count);

    /** Writes an entry. */
    protected abstract void write(int index, Entry entry, O output);

    /** Makes the batch of what was written. */
    protected abstract B end(O output, int[] boundaries);

    protected final long timestampMillis(Entry entry) {
        return entry.timestampMillis() == 0 ? defaultTimestampMillis : entry.timestampMillis();
    }

    /** How many bytes a text of the current entry takes. */
    protected final int utf8Length(String text, String field, String name) {
        try {
            return Utf8.length(text);
        } catch (SerializationException e) {
            throw new SerializationException(
                    "text that UTF-8 cannot hold, field=" + field + ", name=" + name + ", entry=" + current, e);
        }
    }
}
