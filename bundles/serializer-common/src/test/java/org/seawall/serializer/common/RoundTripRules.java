package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameBytes;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/** What is read equals what was written, as objects and field by field. */
public abstract class RoundTripRules {
    private final BatchSerializer serializer;

    protected RoundTripRules(BatchSerializer serializer) {
        this.serializer = serializer;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 300})
    void entriesComeBackEqual(int entriesPerBatch) throws IOException {
        RandomEntries random = new RandomEntries(entriesPerBatch + 1000);
        Segment segment = new Segment(serializer);
        List<List<Entry>> batches = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            batches.add(random.batch(entriesPerBatch));
            segment.add(batches.get(i));
        }
        List<FrameRead> reads = Segment.readAll(serializer, segment.bytes());
        assertEquals(batches, reads.stream().map(Segment::entries).toList());
    }

    @Test
    void aFrameSaysWhatWasWritten() throws IOException {
        Segment segment = new Segment(serializer);
        BatchHeader header = segment.nextHeader();
        FrameBytes written = segment.add(new RandomEntries(5).batch(3));
        FrameRead.Frame read = assertInstanceOf(
                FrameRead.Frame.class,
                Segment.readAll(serializer, segment.bytes()).get(0));
        assertEquals(header, read.header());
        assertEquals(written.checksum(), read.checksum());
        assertEquals(written.length(), read.length());
        assertEquals(written.length(), Segment.joined(written).length);
    }

    @Test
    void aBatchThatWasReadIsFramedAgainToTheSameBytes() throws IOException {
        for (int entries : new int[] {1, 2, 100}) {
            Segment segment = new Segment(serializer);
            BatchHeader header = segment.nextHeader();
            FrameBytes written = segment.add(new RandomEntries(entries).batch(entries));
            FrameRead.Frame read = (FrameRead.Frame)
                    Segment.readAll(serializer, segment.bytes()).get(0);
            assertTrue(serializer.encoded(read.batch()));
            assertArrayEquals(
                    Segment.joined(written), Segment.joined(segment.format().frame(header, read.batch())));
        }
    }

    @Test
    void everyNumberOfAHeaderComesBack() throws IOException {
        SegmentFormat format = serializer.begin(Segment.HEADER);
        EncodedBatch batch = serializer.encode(List.of(Entry.delete("x")), 0);
        for (long number : new long[] {0, 1, 63, 64, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            BatchHeader header = new BatchHeader(number, number, "", number, number);
            byte[] bytes = Segment.joined(format.frame(header, batch));
            FrameRead read = format.read(new BytesInput(bytes), 0);
            assertEquals(header, assertInstanceOf(FrameRead.Frame.class, read).header());
        }
    }

    @Test
    void fieldsAreReadWithoutTheObject() throws IOException {
        List<Entry> entries = new RandomEntries(77).batch(400);
        Segment segment = new Segment(serializer);
        segment.add(entries);
        FrameRead.Frame frame =
                (FrameRead.Frame) Segment.readAll(serializer, segment.bytes()).get(0);
        for (EncodedBatch batch : List.of(serializer.encode(entries, 0), frame.batch())) {
            assertEquals(entries.size(), batch.count());
            for (int i = 0; i < entries.size(); i++) {
                assertFields(entries.get(i), batch, i);
            }
        }
    }

    private static void assertFields(Entry entry, EncodedBatch batch, int index) {
        byte[] id = entry.id().getBytes(StandardCharsets.UTF_8);
        assertEquals(entry.operation(), batch.operation(index));
        assertArrayEquals(id, batch.id(index));
        assertTrue(batch.idEquals(index, id));
        assertFalse(batch.idEquals(index, (entry.id() + "x").getBytes(StandardCharsets.UTF_8)));
        assertEquals(entry.expiresAtMillis(), batch.expiresAtMillis(index));
        assertEquals(entry.vector().length, batch.dimension(index));
        float[] vector = new float[entry.vector().length];
        batch.vector(index, vector);
        assertArrayEquals(entry.vector(), vector);
        assertEquals(entry, batch.entry(index));
    }

    /** The bytes of encoded entries that are in none of them. */
    protected abstract int bytesAround(int entries);

    @Test
    void sizesAddUp() {
        List<Entry> entries = new RandomEntries(3).batch(50);
        EncodedBatch batch = serializer.encode(entries, 0);
        int sum = 0;
        for (int i = 0; i < batch.count(); i++) {
            sum += batch.entryBytes(i);
        }
        assertEquals(sum + bytesAround(50) + 51 * Integer.BYTES + 56, batch.sizeBytes());
    }

    @Test
    void aSmallBatchThatWasReadKeepsNoMoreThanOneThatWasEncoded() throws IOException {
        Segment segment = new Segment(serializer);
        Entry entry = Entry.vector("id", new float[768]);
        segment.add(List.of(entry));
        segment.add(List.of(entry));
        FrameRead.Frame frame =
                (FrameRead.Frame) Segment.readAll(serializer, segment.bytes()).get(0);
        assertEquals(
                serializer.encode(List.of(entry), 0).sizeBytes(), frame.batch().sizeBytes());
    }

    @Test
    void anIndexOutsideIsRefused() {
        EncodedBatch batch = serializer.encode(List.of(Entry.delete("a"), Entry.delete("b")), 0);
        for (int index : new int[] {-1, 2, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> batch.entry(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.entryBytes(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.operation(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.id(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.idEquals(index, new byte[0]));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.dimension(index));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.vector(index, new float[0]));
            assertThrows(IndexOutOfBoundsException.class, () -> batch.expiresAtMillis(index));
        }
    }

    @Test
    void anEncodedBatchSharesNothingWithTheEntries() {
        float[] vector = {1, 2, 3};
        byte[] payload = {1, 2, 3};
        EncodedBatch batch = serializer.encode(
                List.of(Entry.vector("a", vector).withPayload(payload).withMetadata(Map.of("k", 1))), 0);
        Entry before = batch.entry(0);
        vector[0] = 9;
        payload[0] = 9;
        before.vector()[1] = 9;
        assertArrayEquals(new float[] {1, 2, 3}, batch.entry(0).vector());
        assertArrayEquals(new byte[] {1, 2, 3}, batch.entry(0).payload());
    }

    @Test
    void anEntryWithoutATimeGetsTheDefault() {
        Entry without = Entry.payload("a", new byte[1]);
        Entry with = without.withTimestamp(Instant.ofEpochMilli(17));
        EncodedBatch batch = serializer.encode(List.of(without, with), 1_751_120_400_000L);
        assertEquals(without.withTimestamp(Instant.ofEpochMilli(1_751_120_400_000L)), batch.entry(0));
        assertEquals(with, batch.entry(1));
    }

    @Test
    void theLargestEntryComesBack() throws IOException {
        Entry entry = Entry.vector("é".repeat(256), new float[Entry.MAX_DIMENSION])
                .withMetadata(Map.of("text", "水".repeat(100_000)))
                .withPayload(new byte[3_000_000]);
        Segment segment = new Segment(serializer);
        segment.add(List.of(entry, entry));
        assertEquals(
                List.of(entry, entry),
                Segment.entries(Segment.readAll(serializer, segment.bytes()).get(0)));
    }
}
