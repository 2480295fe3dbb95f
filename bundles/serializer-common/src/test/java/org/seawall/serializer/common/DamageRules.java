package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.FrameRead.Damage;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** No change of a file is read as something that was not written. */
public abstract class DamageRules {
    private final BatchSerializer serializer;
    private final Segment segment;
    private byte[] file;
    private int headerBytes;

    protected DamageRules(BatchSerializer serializer) {
        this.serializer = serializer;
        this.segment = new Segment(serializer);
    }

    @BeforeEach
    void writeTwoBatches() {
        segment.add(List.of(
                Entry.vector("été", 1f, -2.5f, Float.MIN_VALUE)
                        .withMetadata(Map.of("text", "v"))
                        .withPayload(new byte[] {1, 2, 3}),
                Entry.delete("gone")));
        segment.add(new RandomEntries(4).batch(12));
        file = segment.bytes();
        headerBytes = segment.frameOffsets().get(0);
    }

    @Test
    void everyFlippedBitOfTheHeaderIsFound() {
        for (int bit = 0; bit < headerBytes * 8; bit++) {
            byte[] damaged = flipped(bit / 8, 1 << bit % 8);
            LogCorruptException e =
                    assertThrows(LogCorruptException.class, () -> Segment.readAll(serializer, damaged), "bit " + bit);
            assertTrue(e.getMessage().contains("file=memory:"), e.getMessage());
        }
    }

    @Test
    void everyFlippedBitOfAFrameIsFoundWhereItIs() throws IOException {
        int second = segment.frameOffsets().get(1);
        for (int bit = headerBytes * 8; bit < file.length * 8; bit++) {
            List<FrameRead> reads = Segment.readAll(serializer, flipped(bit / 8, 1 << bit % 8));
            assertEquals(bit / 8 < second ? 1 : 2, reads.size(), "bit " + bit);
            assertInstanceOf(Damage.class, reads.get(reads.size() - 1), "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xff, 0x80, 0x7f, 0xaa, 0x55, 0x03})
    void everyChangedByteOfAFrameIsFound(int mask) throws IOException {
        for (int at = headerBytes; at < file.length; at++) {
            List<FrameRead> reads = Segment.readAll(serializer, flipped(at, mask));
            assertInstanceOf(Damage.class, reads.get(reads.size() - 1), "byte " + at);
        }
    }

    @Test
    void aFileCutAnywhereEndsInDamageBehindTheWholeBatches() throws IOException {
        int second = segment.frameOffsets().get(1);
        for (int length = 0; length < headerBytes; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(LogCorruptException.class, () -> Segment.readAll(serializer, cut), "length " + length);
        }
        for (int length = headerBytes; length < file.length; length++) {
            List<FrameRead> reads = Segment.readAll(serializer, Arrays.copyOf(file, length));
            int whole = length < second ? 0 : 1;
            boolean betweenFrames = length == headerBytes || length == second;
            assertEquals(betweenFrames ? whole : whole + 1, reads.size(), "length " + length);
            if (!betweenFrames) {
                Damage damage = assertInstanceOf(Damage.class, reads.get(whole), "length " + length);
                assertTrue(
                        List.of("batch ends behind the file", "number cut off").contains(damage.fact()));
            }
        }
    }

    @Test
    void aFileThatIsZeroesFromAnywhereOnEndsInDamage() throws IOException {
        for (int length = headerBytes; length < file.length - 1; length++) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(file, length), file.length);
            if (!Arrays.equals(torn, file)) {
                List<FrameRead> reads = Segment.readAll(serializer, torn);
                assertInstanceOf(Damage.class, reads.get(reads.size() - 1), "length " + length);
            }
        }
    }

    @Test
    void reservedZeroesAreNotABatch() throws IOException {
        Damage damage = damageAt(new byte[100_000], 0);
        assertEquals("not a batch", damage.fact());
        assertEquals(0, damage.length());
    }

    @Test
    void aChangedEntryIsAChecksumMismatchAndNamesBothSums() throws IOException {
        int insideEntry = headerBytes + 40;
        Damage damage = damageAt(flipped(insideEntry, 1), headerBytes);
        assertEquals("batch checksum mismatch", damage.fact());
        FrameRead.Frame good =
                (FrameRead.Frame) Segment.readAll(serializer, file).get(0);
        assertEquals(BatchChecksum.hex(good.checksum()), damage.expected());
        assertTrue(damage.actual().matches("[0-9a-f]{8}"), damage.actual());
        assertFalse(damage.actual().equals(damage.expected()));
        assertEquals(good.length(), damage.length());
    }

    @Test
    void aChangedMarkerIsNamed() throws IOException {
        int lastByteOfFirst = segment.frameOffsets().get(1) - 1;
        Damage damage = damageAt(flipped(lastByteOfFirst, 1), headerBytes);
        assertEquals("sync marker mismatch", damage.fact());
        assertEquals(segment.frameOffsets().get(1) - headerBytes, damage.length());
    }

    @Test
    void aBatchOfAnotherSegmentIsNotOneOfThis() throws IOException {
        Segment other = new Segment(serializer);
        byte[] frame =
                Arrays.copyOfRange(file, headerBytes, segment.frameOffsets().get(1));
        SegmentFormat format = serializer.begin(new SegmentHeader("c", 1, 1, 1, "", 0, "next", Optional.empty(), 0));
        assertInstanceOf(FrameRead.Frame.class, other.format().read(new BytesInput(frame), 0));
        assertEquals("sync marker mismatch", ((Damage) format.read(new BytesInput(frame), 0)).fact());
    }

    private Damage damageAt(byte[] bytes, long offset) throws IOException {
        return assertInstanceOf(Damage.class, segment.format().read(new BytesInput(bytes), offset));
    }

    private byte[] flipped(int at, int mask) {
        byte[] damaged = file.clone();
        damaged[at] ^= (byte) mask;
        return damaged;
    }
}
