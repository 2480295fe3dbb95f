package org.seawall;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Names and values that were checked, in their order, immutable. They are few, so one array takes a fraction of the memory
 * and time of a hash table, and a name is found by looking through them.
 */
final class Metadata extends AbstractMap<String, Object> {
    /** From here on a hash table is the better map. */
    static final int MAX_PAIRS = 12;

    private final Object[] pairs;

    /** Takes the array: a name, its value, the next name. */
    private Metadata(Object[] pairs) {
        this.pairs = pairs;
    }

    /** Collects pairs whose names differ. */
    static final class Collector {
        private Object[] pairs;
        private int length;

        Collector(int expected) {
            pairs = new Object[2 * expected];
        }

        void add(String name, Object value) {
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * length + 2);
            }
            pairs[length++] = name;
            pairs[length++] = value;
        }

        Metadata collected() {
            return new Metadata(length == pairs.length ? pairs : Arrays.copyOf(pairs, length));
        }
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public Object get(Object name) {
        int at = indexOf(name);
        return at < 0 ? null : pairs[at + 1];
    }

    @Override
    public boolean containsKey(Object name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(Object name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept((String) pairs[i], pairs[i + 1]);
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return Metadata.this.size();
            }

            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Pairs();
            }
        };
    }

    private final class Pairs implements Iterator<Entry<String, Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < pairs.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more metadata, pairs=" + size());
            }
            next += 2;
            return new SimpleImmutableEntry<>((String) pairs[next - 2], pairs[next - 1]);
        }
    }
}
