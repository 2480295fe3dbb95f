package org.seawall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private static Map<String, Object> pairs(int count) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            pairs.put("n" + (i * 7919) % 101, i % 3 == 0 ? "v" + i : (Object) (long) i);
        }
        return pairs;
    }

    private static Map<String, Object> kept(Map<String, Object> pairs) {
        return Entry.vector("a", 1).withMetadata(pairs).metadata();
    }

    @Test
    void fewAndManyAreTheSameMap() {
        for (int count = 0; count < 2 * Metadata.MAX_PAIRS; count++) {
            Map<String, Object> pairs = pairs(count);
            Map<String, Object> kept = kept(pairs);
            assertEquals(pairs, kept);
            assertEquals(kept, pairs);
            assertEquals(pairs.hashCode(), kept.hashCode());
            assertEquals(pairs.toString(), kept.toString());
            assertEquals(List.copyOf(pairs.keySet()), List.copyOf(kept.keySet()));
            assertEquals(pairs.size(), kept.size());
            List<String> seen = new ArrayList<>();
            kept.forEach((name, value) -> {
                seen.add(name);
                assertEquals(pairs.get(name), value);
                assertEquals(value, kept.get(name));
                assertTrue(kept.containsKey(name));
            });
            assertEquals(List.copyOf(pairs.keySet()), seen);
            assertNull(kept.get("none"));
            assertFalse(kept.containsKey("none"));
        }
    }

    @Test
    void nobodyChangesIt() {
        Map<String, Object> kept = kept(pairs(3));
        assertThrows(UnsupportedOperationException.class, () -> kept.put("x", 1L));
        assertThrows(UnsupportedOperationException.class, () -> kept.remove("n0"));
        assertThrows(UnsupportedOperationException.class, kept::clear);
        Iterator<Map.Entry<String, Object>> iterator = kept.entrySet().iterator();
        Map.Entry<String, Object> first = iterator.next();
        assertThrows(UnsupportedOperationException.class, () -> first.setValue(1L));
        assertThrows(UnsupportedOperationException.class, iterator::remove);
        iterator.next();
        iterator.next();
        assertThrows(NoSuchElementException.class, iterator::next);
    }

    @Test
    void anEntryMadeOfAnotherSharesIt() {
        Entry entry = Entry.vector("a", 1).withMetadata(pairs(3));
        assertSame(entry.metadata(), entry.withPayload(new byte[1]).metadata());
    }

    /** As a map that others change meanwhile may. */
    @Test
    void aMapMayHoldMoreThanItSaid() {
        Map<String, Object> more = new AbstractMap<>() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Set<Map.Entry<String, Object>> entrySet() {
                return pairs(5).entrySet();
            }
        };
        Entry entry = new Entry(Operation.PUT, "a", new float[1], more, new byte[0], 0, 0);
        assertEquals(pairs(5), entry.metadata());
    }
}
