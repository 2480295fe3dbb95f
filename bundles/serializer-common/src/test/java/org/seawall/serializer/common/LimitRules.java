package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.SerializationException;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** What does not fit is refused before anything is written, with words that say what and where. */
public abstract class LimitRules {
    private BatchSerializer small;

    protected abstract BatchSerializer serializer(int maxBatchBytes);

    @BeforeEach
    void makeASmallOne() {
        small = serializer(1024);
    }

    /** The bytes of a batch of one payload that has neither id nor time, beside the payload's about a thousand. */
    protected abstract int bytesAroundPayload();

    /** What a message calls the collection of a header. */
    protected abstract String collectionField();

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1023, 1073741825, Integer.MAX_VALUE})
    void aLimitOutOfRangeIsRefusedAtActivation(int limit) {
        String message = assertThrows(IllegalArgumentException.class, () -> serializer(limit))
                .getMessage();
        assertTrue(message.contains("expected 1024 to 1073741824, maxBatchBytes=" + limit), message);
    }

    @Test
    void aBatchOfTheLimitIsWrittenAndReadAndOneByteMoreIsRefused() throws IOException {
        Entry fits = Entry.payload("", new byte[1024 - bytesAroundPayload()]);
        EncodedBatch batch = small.encode(List.of(fits), 0);
        SegmentFormat format = small.begin(Segment.HEADER);
        BatchHeader longest = new BatchHeader(
                Long.MIN_VALUE, Long.MIN_VALUE, "w".repeat(WriterText.MAX_BYTES), Long.MIN_VALUE, Long.MIN_VALUE);
        byte[] frame = Segment.joined(format.frame(longest, batch));
        assertInstanceOf(FrameRead.Frame.class, format.read(new BytesInput(frame), 0));

        Entry doesNot = Entry.payload("", new byte[1025 - bytesAroundPayload()]);
        assertMessage(
                "batch over the limit, bytes=1025, limit=1024, entries=1", () -> small.encode(List.of(doesNot), 0));
    }

    @Test
    void aBatchLargerThanAnArrayIsRefusedWithoutAllocatingIt() {
        Entry entry = Entry.payload("x", new byte[1 << 20]);
        List<Entry> entries = Collections.nCopies(5000, entry);
        assertMessage(
                "batch over the limit, bytes=52429",
                () -> serializer(BatchLimit.DEFAULT).encode(entries, 0));
    }

    @Test
    void aDefaultTimeThatCouldNotBeReadBackIsRefused() {
        assertMessage("defaultTimestampMillis=-1", () -> small.encode(List.of(Entry.delete("x")), -1));
    }

    @Test
    void anEmptyBatchIsRefused() {
        assertMessage("empty batch", () -> small.encode(List.of(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83c", "\udf0a", "a\udf0a\ud83c", "été\ud83cé", "\ud83c\ud83c\udf0a"})
    void textThatUtf8CannotHoldIsRefusedAndNamed(String text) {
        Entry good = Entry.payload("good", new byte[0]);
        assertMessage("field=id, name=, entry=1", () -> small.encode(List.of(good, Entry.delete("x" + text)), 0));
        Entry value = good.withMetadata(Map.of("title", text));
        assertMessage("field=metadata value, name=title, entry=0", () -> small.encode(List.of(value), 0));
        Entry name = good.withMetadata(Map.of(text, 1));
        assertMessage("field=metadata name", () -> small.encode(List.of(name), 0));
        EncodedBatch batch = small.encode(List.of(good), 0);
        SegmentFormat format = small.begin(Segment.HEADER);
        assertMessage("field=writer", () -> format.frame(new BatchHeader(1, 1, text, 0, 0), batch));
        assertMessage("field=" + collectionField(), () -> small.begin(header(text)));
    }

    @Test
    void aComponentChangedBehindTheEntrysBackIsRefused() {
        float[] vector = {1, 2, 3};
        Entry entry = Entry.vector("id", vector);
        vector[1] = Float.NaN;
        assertMessage(
                "component is not finite, value=NaN at 1, field=vector, entry=0",
                () -> small.encode(List.of(entry), 0));
    }

    @Test
    void aWriterOrAHeaderTooLongIsRefused() {
        EncodedBatch batch = small.encode(List.of(Entry.delete("x")), 0);
        SegmentFormat format = small.begin(Segment.HEADER);
        String writer = "w".repeat(WriterText.MAX_BYTES + 1);
        assertMessage(
                "writer too long, bytes=513, limit=512",
                () -> format.frame(new BatchHeader(1, 1, writer, 0, 0), batch));
        assertMessage("segment header over the limit", () -> small.begin(header("c".repeat(65_536))));
    }

    @Test
    void aBatchOfAnotherSerializerIsRefused() {
        SegmentFormat format = small.begin(Segment.HEADER);
        EncodedBatch foreign = (EncodedBatch) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EncodedBatch.class}, (proxy, method, arguments) -> 0);
        assertThrows(IllegalArgumentException.class, () -> format.frame(new BatchHeader(1, 1, "w", 0, 0), foreign));
        assertFalse(small.encoded(foreign));
    }

    private static SegmentHeader header(String collection) {
        return new SegmentHeader(collection, 1, 1, 1, "", 0, "next", Optional.empty(), 0);
    }

    private static void assertMessage(String part, Supplier<Object> refused) {
        String message =
                assertThrows(SerializationException.class, refused::get).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count());
    }
}
