package org.seawall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryTest {
    @Test
    void anIdIsMeasuredInBytes() {
        assertEquals(512, Entry.vector("x".repeat(512), 1).id().length());
        assertRefused("bytes=513, limit=512", () -> Entry.vector("x".repeat(513), 1));
        assertRefused("bytes=514, limit=512", () -> Entry.vector("é".repeat(257), 1));
        assertEquals(
                171 * 2,
                Entry.vector("é".repeat(171), 1).id().getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Test
    void onlyAPayloadMayDoWithoutAnId() {
        assertEquals("", Entry.payload("", new byte[1]).id());
        assertRefused("empty id", () -> Entry.vector("", 1));
        assertRefused("empty id", () -> Entry.delete(""));
    }

    @Test
    void componentsAreFinite() {
        for (float bad : List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
            float[] vector = new float[100];
            vector[77] = bad;
            assertRefused("value=" + bad + ", index=77, id=a", () -> Entry.vector("a", vector));
        }
        Entry.vector("a", Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f);
    }

    @Test
    void aVectorHasAtMost65536Components() {
        assertEquals(65_536, Entry.vector("a", new float[65_536]).vector().length);
        assertRefused("dimension=65537, limit=65536", () -> Entry.vector("a", new float[65_537]));
    }

    @Test
    void metadataIsWidenedCopiedAndKeptInOrder() {
        Entry entry = Entry.vector("a", 1).withMetadata(new java.util.LinkedHashMap<>(Map.of("n", 1)));
        assertEquals(Map.of("n", 1L), entry.metadata());
        assertEquals(
                Map.of("f", 0.5),
                Entry.vector("a", 1).withMetadata(Map.of("f", 0.5f)).metadata());
        assertRefused(
                "name=d, type=java.math.BigDecimal",
                () -> Entry.vector("a", 1).withMetadata(Map.of("d", BigDecimal.ONE)));
        assertRefused("empty metadata name", () -> Entry.vector("a", 1).withMetadata(Map.of("", 1)));
        assertThrows(UnsupportedOperationException.class, () -> entry.metadata().put("x", 1L));
    }

    @Test
    void aDeleteCarriesNothing() {
        assertRefused("a delete carries an id", () -> Entry.delete("a").withPayload(new byte[1]));
        assertRefused("a delete carries an id", () -> Entry.delete("a").withMetadata(Map.of("x", 1)));
    }

    @Test
    void anEntryExpiresAtItsMoment() {
        Entry entry = Entry.vector("a", 1).withExpiry(Instant.ofEpochMilli(1_000));
        assertFalse(entry.expired(999));
        assertTrue(entry.expired(1_000));
        assertFalse(Entry.vector("a", 1).expired(Long.MAX_VALUE));
        assertRefused("negative time", () -> Entry.vector("a", 1).withExpiry(Instant.ofEpochMilli(-1)));
    }

    @Test
    void entriesAreComparedByWhatIsInTheirArrays() {
        assertEquals(Entry.vector("a", 1, 2), Entry.vector("a", 1, 2));
        assertEquals(Entry.vector("a", 1, 2).hashCode(), Entry.vector("a", 1, 2).hashCode());
        assertNotEquals(Entry.vector("a", 1, 2), Entry.vector("a", 1, 3));
        assertNotEquals(Entry.payload("a", new byte[1]), Entry.payload("a", new byte[2]));
    }

    private static void assertRefused(String words, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(words), message);
    }
}
