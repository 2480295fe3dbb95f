package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.BytesInput;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.FrameRead;

/** Version 1 stays version 1: this file was written by it once and is not written again. */
class GoldenFileTest {
    private static final String GOLDEN = "segment-v1.avro";

    @Test
    void itIsReadAsItWasWritten() throws IOException {
        List<FrameRead> reads = Segment.readAll(Avro.SERIALIZER, golden());
        assertEquals(
                Segment.HEADER, Avro.SERIALIZER.open(new BytesInput(golden())).header());
        assertEquals(batches(), reads.stream().map(Segment::entries).toList());
    }

    @Test
    void theSameValuesGiveTheSameBytes() throws IOException {
        assertArrayEquals(golden(), written());
    }

    @Test
    void itsChecksumsFollowTheRule() throws IOException {
        byte[] file = golden();
        int at = HeaderMap.read(file).end() + 16;
        for (FrameRead read : Segment.readAll(Avro.SERIALIZER, file)) {
            FrameRead.Frame frame = (FrameRead.Frame) read;
            long sum = StockAvro.checksum(Arrays.copyOfRange(file, at, at + (int) frame.length() - 16));
            assertEquals(sum, Integer.toUnsignedLong(frame.checksum()));
            at += (int) frame.length();
        }
        assertEquals(file.length, at);
    }

    static byte[] written() {
        Segment segment = new Segment(Avro.SERIALIZER);
        batches().forEach(segment::add);
        return segment.bytes();
    }

    private static List<List<Entry>> batches() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("text", "Wellenbrecher 防波堤 🌊");
        metadata.put("whole", Long.MIN_VALUE);
        metadata.put("real", -0.0);
        metadata.put("yes", true);
        metadata.put("no", false);
        float[] vector = {0f, -0f, 1.5f, -Float.MIN_VALUE, Float.MAX_VALUE};
        Entry full = new Entry(
                Operation.PUT, "id-é", vector, metadata, new byte[] {0, -1, 127}, 1_751_120_400_123L, Long.MAX_VALUE);
        Entry byId = Entry.payload("k", new byte[200]);
        Entry bySequence = Entry.payload("", new byte[] {42});
        float[] large = new float[1200];
        for (int i = 0; i < large.length; i++) {
            large[i] = i / 16f - 20;
        }
        return List.of(
                List.of(full, byId, bySequence, Entry.delete("id-é")),
                List.of(Entry.delete("k")),
                List.of(Entry.vector("large", large)));
    }

    private static byte[] golden() throws IOException {
        try (InputStream file = GoldenFileTest.class.getResourceAsStream("/" + GOLDEN)) {
            return file.readAllBytes();
        }
    }
}
