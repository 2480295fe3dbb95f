package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.SerializationException;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** What does not fit is refused before anything is written, with words that say what and where. */
class LimitsTest {
    private static final AvroSerializer SMALL = new AvroSerializer(1024);

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1023, 1073741825, Integer.MAX_VALUE})
    void aLimitOutOfRangeIsRefusedAtActivation(int limit) {
        String message = assertThrows(IllegalArgumentException.class, () -> new AvroSerializer(limit))
                .getMessage();
        assertTrue(message.contains("expected 1024 to 1073741824, maxBatchBytes=" + limit), message);
    }

    @Test
    void aBatchOfTheLimitIsWrittenAndReadAndOneByteMoreIsRefused() throws IOException {
        // the array's count and end and the other fields take 12 bytes
        Entry fits = Entry.payload("", new byte[1024 - 10]);
        EncodedBatch batch = SMALL.encode(List.of(fits), 0);
        SegmentFormat format = SMALL.begin(Segment.HEADER);
        BatchHeader longest = new BatchHeader(
                Long.MIN_VALUE, Long.MIN_VALUE, "w".repeat(BatchFields.MAX_WRITER_BYTES), Long.MIN_VALUE);
        byte[] frame = Segment.joined(format.frame(longest, batch));
        assertInstanceOf(FrameRead.Frame.class, format.read(new BytesInput(frame), 0));

        Entry doesNot = Entry.payload("", new byte[1024 - 9]);
        assertMessage(
                "batch over the limit, bytes=1025, limit=1024, entries=1", () -> SMALL.encode(List.of(doesNot), 0));
    }

    @Test
    void aBatchLargerThanAnArrayIsRefusedWithoutAllocatingIt() {
        Entry entry = Entry.payload("x", new byte[1 << 20]);
        List<Entry> entries = Collections.nCopies(5000, entry);
        assertMessage("batch over the limit, bytes=52429", () -> Segment.SERIALIZER.encode(entries, 0));
    }

    @Test
    void aDefaultTimeThatCouldNotBeReadBackIsRefused() {
        assertMessage("defaultTimestampMillis=-1", () -> SMALL.encode(List.of(Entry.delete("x")), -1));
    }

    @Test
    void anEmptyBatchIsRefused() {
        assertMessage("empty batch", () -> SMALL.encode(List.of(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83c", "\udf0a", "a\udf0a\ud83c", "été\ud83cé", "\ud83c\ud83c\udf0a"})
    void textThatUtf8CannotHoldIsRefusedAndNamed(String text) {
        Entry good = Entry.payload("good", new byte[0]);
        assertMessage("field=id, name=, entry=1", () -> SMALL.encode(List.of(good, Entry.delete("x" + text)), 0));
        Entry value = good.withMetadata(Map.of("title", text));
        assertMessage("field=metadata value, name=title, entry=0", () -> SMALL.encode(List.of(value), 0));
        Entry name = good.withMetadata(Map.of(text, 1));
        assertMessage("field=metadata name", () -> SMALL.encode(List.of(name), 0));
        EncodedBatch batch = SMALL.encode(List.of(good), 0);
        SegmentFormat format = SMALL.begin(Segment.HEADER);
        assertMessage("field=writer", () -> format.frame(new BatchHeader(1, 1, text, 0), batch));
        assertMessage("field=seawall.collection", () -> SMALL.begin(header(text)));
    }

    @Test
    void aComponentChangedBehindTheEntrysBackIsRefused() {
        float[] vector = {1, 2, 3};
        Entry entry = Entry.vector("id", vector);
        vector[1] = Float.NaN;
        assertMessage(
                "component is not finite, value=NaN at 1, field=vector, entry=0",
                () -> SMALL.encode(List.of(entry), 0));
    }

    @Test
    void aWriterOrAHeaderTooLongIsRefused() {
        EncodedBatch batch = SMALL.encode(List.of(Entry.delete("x")), 0);
        SegmentFormat format = SMALL.begin(Segment.HEADER);
        String writer = "w".repeat(BatchFields.MAX_WRITER_BYTES + 1);
        assertMessage(
                "writer too long, bytes=513, limit=512", () -> format.frame(new BatchHeader(1, 1, writer, 0), batch));
        assertMessage("segment header over the limit", () -> SMALL.begin(header("c".repeat(65_536))));
    }

    @Test
    void aBatchOfAnotherSerializerIsRefused() {
        SegmentFormat format = SMALL.begin(Segment.HEADER);
        EncodedBatch foreign = (EncodedBatch) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EncodedBatch.class}, (proxy, method, arguments) -> 0);
        assertThrows(IllegalArgumentException.class, () -> format.frame(new BatchHeader(1, 1, "w", 0), foreign));
    }

    private static SegmentHeader header(String collection) {
        return new SegmentHeader(collection, 1, 1, 1, "", 0, "next", 0, 0);
    }

    private static void assertMessage(String part, Supplier<Object> refused) {
        String message =
                assertThrows(SerializationException.class, refused::get).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count());
    }
}
