package org.seawall.serializer.common;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Metadata on its way from the bytes to an entry, which copies it: no hash table is made for that. Of a name that comes twice
 * the last value counts, in the place of the first. For one entry.
 */
public final class DecodedMetadata extends AbstractMap<String, Object> {
    private static final int PAIRS = 8;

    private final Object[] pairs = new Object[2 * PAIRS];
    private int length;
    private Map<String, Object> many = Map.of();

    /** Adds a pair, or replaces the value of its name. */
    public void add(String name, Object value) {
        for (int i = 0; i < length; i += 2) {
            if (pairs[i].equals(name)) {
                pairs[i + 1] = value;
                return;
            }
        }
        if (length < pairs.length) {
            pairs[length++] = name;
            pairs[length++] = value;
            return;
        }
        if (many.isEmpty()) {
            many = new LinkedHashMap<>();
        }
        many.put(name, value);
    }

    @Override
    public int size() {
        return length / 2 + many.size();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < length; i += 2) {
            action.accept((String) pairs[i], pairs[i + 1]);
        }
        many.forEach(action);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        forEach(all::put);
        return all.entrySet();
    }
}
