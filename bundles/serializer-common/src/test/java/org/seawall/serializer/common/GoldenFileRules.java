package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;

/** A version stays as it is: the golden file was written by it once and is not written again. */
public abstract class GoldenFileRules {
    private final BatchSerializer serializer;
    private final String resource;

    /**
     * Looks at a file.
     *
     * @param resource the golden file, on the class path
     */
    protected GoldenFileRules(BatchSerializer serializer, String resource) {
        this.serializer = serializer;
        this.resource = resource;
    }

    @Test
    void itIsReadAsItWasWritten() throws IOException {
        List<FrameRead> reads = Segment.readAll(serializer, golden());
        assertEquals(Segment.HEADER, serializer.open(new BytesInput(golden())).header());
        assertEquals(batches(), reads.stream().map(Segment::entries).toList());
    }

    @Test
    void theSameValuesGiveTheSameBytes() throws IOException {
        assertArrayEquals(golden(), written());
    }

    /** What the golden file is to be. */
    protected final byte[] written() {
        Segment segment = new Segment(serializer);
        batches().forEach(segment::add);
        return segment.bytes();
    }

    protected final byte[] golden() throws IOException {
        try (InputStream file = getClass().getResourceAsStream(resource)) {
            return file.readAllBytes();
        }
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
}
