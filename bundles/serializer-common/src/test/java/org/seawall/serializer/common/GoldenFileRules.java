package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.Operation;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** A version stays as it is: its golden files were written by it once and are not written again. */
public abstract class GoldenFileRules {
    private static final SegmentHeader COVERING = Segment.HEADER.covering(new Coverage(3, 0x0bad_cafe, 99, 6));

    private static final SegmentHeader FLUSHED = Segment.HEADER.covering(new Coverage(1, 0, 99, 6, 40));

    private final BatchSerializer serializer;
    private final String extension;

    /**
     * Looks at the files of a format.
     *
     * @param extension how the names of its golden files end
     */
    protected GoldenFileRules(BatchSerializer serializer, String extension) {
        this.serializer = serializer;
        this.extension = extension;
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void everyVersionIsReadAsItWasWritten(FormatVersion version) throws IOException {
        byte[] golden = golden("segment-v" + version.number());
        List<FrameRead> reads = Segment.readAll(serializer, golden);
        assertEquals(Segment.HEADER, serializer.open(new BytesInput(golden)).header());
        assertEquals(batches(), reads.stream().map(Segment::entries).toList());
        assertEquals(
                version == FormatVersion.of(Segment.HEADER),
                serializer.open(new BytesInput(golden)).current());
        for (FrameRead read : reads) {
            BatchHeader header = ((FrameRead.Frame) read).header();
            long written = version == FormatVersion.V1 ? 0 : Segment.writtenMillis(header.firstSequence());
            assertEquals(written, header.writtenMillis());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment-v1", "segment-v2", "snapshot-v1", "snapshot-v2", "snapshot-v3"})
    void aChangeOfAnyByteOfAnyVersionIsFound(String name) throws IOException {
        byte[] golden = golden(name);
        for (int at = 0; at < golden.length; at++) {
            byte[] damaged = golden.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            assertTrue(isRefused(damaged), "byte " + at);
        }
    }

    private boolean isRefused(byte[] damaged) throws IOException {
        try {
            List<FrameRead> reads = Segment.readAll(serializer, damaged);
            return !reads.isEmpty() && reads.get(reads.size() - 1) instanceof FrameRead.Damage;
        } catch (LogCorruptException | LogFormatException e) {
            return true;
        }
    }

    @Test
    void aSnapshotOfTheFirstVersionSaysItsSequenceAndTheOthersAllThatTheyCover() throws IOException {
        assertEquals(
                Segment.HEADER.covering(Coverage.upTo(99)),
                serializer.open(new BytesInput(golden("snapshot-v1"))).header());
        assertEquals(
                COVERING, serializer.open(new BytesInput(golden("snapshot-v2"))).header());
        assertEquals(
                FLUSHED, serializer.open(new BytesInput(golden("snapshot-v3"))).header());
    }

    @Test
    void theSameValuesGiveTheSameBytes() throws IOException {
        assertArrayEquals(golden("segment-v2"), written(Segment.HEADER));
        assertArrayEquals(golden("snapshot-v2"), written(COVERING));
        assertArrayEquals(golden("snapshot-v3"), written(FLUSHED));
    }

    /** A batch behind those that are there is of the version of its file, whatever the newest is. */
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void aFileIsContinuedInItsVersion(FormatVersion version) throws IOException {
        byte[] golden = golden("segment-v" + version.number());
        SegmentFormat format = serializer.open(new BytesInput(golden));
        BatchHeader header = new BatchHeader(47, 4, "w", 46, version == FormatVersion.V1 ? 0 : 5);
        List<Entry> entries = List.of(Entry.delete("k").withTimestamp(Instant.EPOCH.plusMillis(1)));
        byte[] frame = Segment.joined(format.frame(header, serializer.encode(entries, 1)));
        byte[] longer = Arrays.copyOf(golden, golden.length + frame.length);
        System.arraycopy(frame, 0, longer, golden.length, frame.length);
        List<FrameRead> reads = Segment.readAll(serializer, longer);
        assertEquals(entries, Segment.entries(reads.get(3)));
        assertEquals(header, ((FrameRead.Frame) reads.get(3)).header());
    }

    private byte[] written(SegmentHeader header) {
        Segment segment = new Segment(serializer, header);
        batches().forEach(segment::add);
        return segment.bytes();
    }

    /** What the golden files of the newest version are to be, for whoever makes a new version. */
    protected final byte[] golden(String name) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/" + name + extension)) {
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
