package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameRead;

/** Rules S1 to S9 and S24: entries and their encoded form. */
interface SerializerEntryRules {
    BatchSerializer serializer();

    /** The entries of a batch that was written to a segment and read from it. */
    private EncodedBatch readBack(List<Entry> entries) throws IOException {
        FrameRead read = new SegmentBytes(serializer()).add(entries).read(0);
        return assertInstanceOf(FrameRead.Frame.class, read).batch();
    }

    @Test
    default void s01_theFormatHasANameThatStays() {
        BatchSerializer serializer = serializer();
        assertFalse(serializer.format().isBlank());
        assertEquals(serializer.format(), serializer.format());
    }

    @Test
    default void s02_everyKindOfEntryComesBackAsItWas() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            List<Entry> entries = new AnyEntries(seed).batch(1 + (int) seed % 20);
            long s = seed;
            assertEquals(entries, SegmentBytes.entries(serializer().encode(entries, 1)), () -> "encoded, seed " + s);
            assertEquals(entries, SegmentBytes.entries(readBack(entries)), () -> "read, seed " + s);
        }
    }

    @Test
    default void s03_metadataKeepsItsOrderAndItsTypes() throws IOException {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String name : List.of("z", "a", "m", "Z", "0", "b")) {
            metadata.put(name, name);
        }
        metadata.put("long", 1L);
        metadata.put("double", 1.0);
        metadata.put("boolean", false);
        metadata.put("text", "1");
        Entry read =
                readBack(List.of(Entry.vector("a", 1).withMetadata(metadata))).entry(0);
        assertEquals(
                List.copyOf(metadata.entrySet()), List.copyOf(read.metadata().entrySet()));
    }

    @Test
    default void s04_anEntryWithoutATimeGetsTheBatchsAndAnyOtherKeepsItsOwn() {
        Entry own = Entry.payload("a", new byte[1]).withTimestamp(java.time.Instant.ofEpochMilli(7));
        EncodedBatch batch = serializer().encode(List.of(own, Entry.vector("b", 1), Entry.delete("c")), 99);
        assertEquals(7, batch.entry(0).timestampMillis());
        assertEquals(99, batch.entry(1).timestampMillis());
        assertEquals(99, batch.entry(2).timestampMillis());
    }

    @Test
    default void s05_anEncodedBatchSharesNothingWithAnybody() {
        float[] vector = {1, 2, 3};
        byte[] payload = {4, 5};
        EncodedBatch batch =
                serializer().encode(List.of(Entry.vector("a", vector).withPayload(payload)), 1);
        Arrays.fill(vector, 9);
        Arrays.fill(payload, (byte) 9);
        Entry first = batch.entry(0);
        assertArrayEquals(new float[] {1, 2, 3}, first.vector());
        assertArrayEquals(new byte[] {4, 5}, first.payload());
        first.vector()[0] = 9;
        first.payload()[0] = 9;
        batch.id(0)[0] = 'x';
        assertNotSame(first, batch.entry(0));
        assertArrayEquals(new float[] {1, 2, 3}, batch.entry(0).vector());
        assertArrayEquals(new byte[] {4, 5}, batch.entry(0).payload());
        assertArrayEquals(new byte[] {'a'}, batch.id(0));
    }

    @Test
    default void s06_whatABatchSaysOfAnEntryIsWhatTheEntryIs() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            List<Entry> entries = new AnyEntries(seed).batch(17);
            for (EncodedBatch batch : List.of(serializer().encode(entries, 1), readBack(entries))) {
                assertEquals(17, batch.count());
                for (int i = 0; i < 17; i++) {
                    assertSaysOf(batch, i, entries.get(i));
                }
            }
        }
    }

    private static void assertSaysOf(EncodedBatch batch, int index, Entry entry) {
        byte[] id = entry.id().getBytes(StandardCharsets.UTF_8);
        assertEquals(entry.operation(), batch.operation(index));
        assertArrayEquals(id, batch.id(index));
        assertTrue(batch.idEquals(index, id));
        assertFalse(batch.idEquals(index, (entry.id() + "x").getBytes(StandardCharsets.UTF_8)));
        assertFalse(id.length > 0 && batch.idEquals(index, Arrays.copyOf(id, id.length - 1)));
        assertEquals(entry.expiresAtMillis(), batch.expiresAtMillis(index));
        assertEquals(entry.vector().length, batch.dimension(index));
        float[] vector = new float[entry.vector().length + 2];
        Arrays.fill(vector, 7);
        batch.vector(index, vector);
        assertArrayEquals(entry.vector(), Arrays.copyOf(vector, entry.vector().length));
        assertEquals(7, vector[vector.length - 1], "written behind the vector");
    }

    @Test
    default void s07_anIndexOutsideIsRefused() {
        EncodedBatch batch = serializer().encode(new AnyEntries(1).batch(3), 1);
        for (int index : new int[] {-1, 3, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> batch.entry(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.id(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.operation(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.entryBytes(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.dimension(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.expiresAtMillis(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.vector(index, new float[800]));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.idEquals(index, new byte[1]));
        }
    }

    @Test
    default void s08_theSizesTellWhatIsKept() {
        Entry small = Entry.payload("a", new byte[10]);
        Entry large = Entry.payload("b", new byte[10_000]).withMetadata(Map.of("k", "v".repeat(5_000)));
        EncodedBatch batch = serializer().encode(List.of(small, large), 1);
        assertTrue(batch.entryBytes(0) >= 11, () -> "bytes of a small entry " + batch.entryBytes(0));
        assertTrue(batch.entryBytes(1) >= 15_001, () -> "bytes of a large entry " + batch.entryBytes(1));
        assertTrue(batch.entryBytes(1) < 31_000, () -> "bytes of a large entry " + batch.entryBytes(1));
        assertTrue(
                batch.sizeBytes() >= batch.entryBytes(0) + batch.entryBytes(1), "the batch is less than its entries");
    }

    @Test
    default void s09_manyThreadsEncodeAndReadAtOnce() throws Exception {
        BatchSerializer serializer = serializer();
        List<Entry> shared = new AnyEntries(7).batch(9);
        EncodedBatch batch = serializer.encode(shared, 1);
        Together.run(4, thread -> {
            for (int i = 0; i < 60; i++) {
                List<Entry> own = new AnyEntries(thread * 1_000L + i).batch(5);
                assertEquals(own, SegmentBytes.entries(serializer.encode(own, 1)));
                assertEquals(shared, SegmentBytes.entries(batch));
            }
        });
        assertEquals(new LoggedEntry(1, shared.get(0)), new LoggedEntry(1, batch.entry(0)));
    }

    @Test
    default void s24_itKnowsItsOwnBatchesAndNoOthers() throws IOException {
        List<Entry> entries = List.of(Entry.vector("a", 1));
        BatchSerializer serializer = serializer();
        assertTrue(serializer.encoded(serializer.encode(entries, 1)));
        assertTrue(serializer.encoded(readBack(entries)), "a batch that was read");
        EncodedBatch stranger = (EncodedBatch) Proxy.newProxyInstance(
                EncodedBatch.class.getClassLoader(),
                new Class<?>[] {EncodedBatch.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("asked a stranger's batch, method=" + method.getName());
                });
        assertFalse(serializer.encoded(stranger));
    }
}
