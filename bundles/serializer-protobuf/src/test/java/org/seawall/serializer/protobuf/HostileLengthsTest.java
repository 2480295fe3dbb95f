package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.LogCorruptException;
import org.seawall.serializer.common.BytesInput;
import org.seawall.serializer.common.Segment;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.FrameRead.Damage;

/** Lengths that lie lead to damage, and to no allocation. */
class HostileLengthsTest {
    private static final long TERABYTE = 1L << 40;
    private static final int SOME_KILOBYTES = 64 * 1024;
    private static final int TRAILER = 18;

    private final ProtobufSegmentFormat format = (ProtobufSegmentFormat) Protobuf.SERIALIZER.begin(Segment.HEADER);

    @ParameterizedTest
    @ValueSource(longs = {5, 100, 4096, 1 << 28, Integer.MAX_VALUE, 1L << 32, TERABYTE, Long.MAX_VALUE})
    void aSizeBehindTheEndOfTheFileIsDamage(long size) throws IOException {
        byte[] bytes = prefix(size);
        Damage damage = damage(new BytesInput(bytes, bytes.length + TRAILER + 4));
        assertEquals("batch ends behind the file", damage.fact());
        long frame = bytes.length + TRAILER + size;
        assertEquals(frame < 0 ? Long.MAX_VALUE : frame, damage.length());
    }

    @ParameterizedTest
    @ValueSource(longs = {(1 << 28) + 1025, Integer.MAX_VALUE, 1L << 32, TERABYTE / 2})
    void aSizeOverTheLimitIsDamage(long size) throws IOException {
        byte[] bytes = prefix(size);
        Damage damage = damage(new BytesInput(bytes, TERABYTE));
        assertEquals("batch over the limit", damage.fact());
        assertEquals(bytes.length + TRAILER + size, damage.length());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, -1, Long.MIN_VALUE})
    void aSizeThatIsNotABatchsIsDamage(long size) throws IOException {
        Damage damage = damage(new BytesInput(prefix(size), TERABYTE));
        assertEquals("not a batch", damage.fact());
        assertEquals(0, damage.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x0a, 0x12, 0x22, 0x18, 0x1b, 0x9a, 0xff})
    void anotherFieldThanABatchIsDamage(int tag) throws IOException {
        byte[] bytes = Arrays.copyOf(prefix(20), 100);
        bytes[0] = (byte) tag;
        Damage damage = damage(new BytesInput(bytes));
        assertEquals("not a batch", damage.fact());
        assertEquals(0, damage.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1a8200",
                "1a8280808000",
                "1affffffffffffffffff02",
                "1affffffffffffffffff81",
                "1a80808080808080808080808001"
            })
    void aNumberThatIsLongerThanItNeedsToBeIsDamage(String hex) throws IOException {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(hex), 100);
        assertEquals(
                "number not in its shortest form", damage(new BytesInput(bytes)).fact());
    }

    @Test
    void anEmptyRestIsDamage() throws IOException {
        assertEquals("not a batch", damage(new BytesInput(new byte[0])).fact());
        assertEquals("number cut off", damage(new BytesInput(new byte[] {0x1a})).fact());
    }

    @Test
    void lengthsInsideABatchAreCheckedBeforeAnythingIsAllocated() throws IOException {
        for (long hostile : new long[] {
            Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, 262_148, 1 << 28, -1, 513
        }) {
            // each length of an entry in turn, in an entry whose own length is right, with a right checksum around it
            assertHostile(field(new byte[0], 0x0a, hostile));
            for (int tag : new int[] {0x12, 0x2a, 0x32, 0x3a}) {
                assertHostile(entry(field(new byte[] {8, 1}, tag, hostile)));
            }
            byte[] pair = field(new byte[] {0x0a, 1, 'n'}, 0x12, hostile);
            assertHostile(entry(field(new byte[] {8, 1, 0x32, (byte) pair.length}, pair)));
            pair = field(new byte[0], 0x0a, hostile);
            assertHostile(entry(field(new byte[] {8, 1, 0x32, (byte) pair.length}, pair)));
            // and of the batch's fields
            byte[] valid = entry(new byte[] {8, 2, 0x12, 1, 'a'});
            assertDamage(Frames.around(format, field(valid, 0x22, hostile)));
        }
    }

    @Test
    void veryManyEntriesOfNothingAreDamageAndAllocateInProportion() throws IOException {
        byte[] nothings = new byte[1 << 20];
        for (int i = 0; i < nothings.length; i += 2) {
            nothings[i] = 0x0a;
        }
        BytesInput input = new BytesInput(Frames.aroundEntries(format, nothings));
        long before = allocated();
        assertInstanceOf(Damage.class, format.read(input, 0));
        assertTrue(allocated() - before < 4L * nothings.length, "allocated");
    }

    private void assertHostile(byte[] entries) throws IOException {
        assertDamage(Frames.aroundEntries(format, entries));
    }

    private void assertDamage(byte[] frame) throws IOException {
        Damage damage = damage(new BytesInput(frame));
        assertTrue(damage.length() > 0, damage.toString());
        assertTrue(!damage.fact().equals("batch checksum mismatch"), damage.toString());
    }

    @Test
    void randomBytesAreDamage() throws IOException {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 4 && random.nextBoolean()) {
                bytes[0] = 0x0a;
                bytes[1] = (byte) random.nextInt(bytes.length);
                bytes[2] = 8;
                bytes[3] = 1;
            }
            damage(new BytesInput(bytes));
            // with a right checksum the walk over the entries gets to see them
            damage(new BytesInput(Frames.aroundEntries(format, bytes)));
            damage(new BytesInput(Frames.around(format, bytes)));
        }
    }

    @Test
    void aHeaderWithHostileLengthsIsCorrupt() throws IOException {
        byte[] magic = HeaderWriter.magic();
        byte[] header = new byte[4000];
        Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(header);
            System.arraycopy(magic, 0, header, 0, magic.length);
            if (random.nextBoolean()) {
                header[magic.length] = 0x12;
            }
            BytesInput input = new BytesInput(header, TERABYTE);
            assertThrows(LogCorruptException.class, () -> Protobuf.SERIALIZER.open(input));
            long before = allocated();
            assertThrows(LogCorruptException.class, () -> Protobuf.SERIALIZER.open(input));
            assertTrue(allocated() - before < 2 * SegmentMarker.MAX_HEADER_BYTES);
        }
    }

    private Damage damage(BytesInput input) throws IOException {
        format.read(input, 0); // loads classes
        long before = allocated();
        FrameRead read = format.read(input, 0);
        long bytes = allocated() - before;
        assertTrue(bytes < SOME_KILOBYTES, "allocated " + bytes);
        return assertInstanceOf(Damage.class, read);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] prefix(long size) {
        return field(new byte[0], 0x1a, size);
    }

    /** An entry around fields, with its right length. */
    private static byte[] entry(byte[] fields) {
        return field(new byte[] {0x0a, (byte) fields.length}, fields);
    }

    private static byte[] field(byte[] before, int tag, long number) {
        ProtobufOutput output = new ProtobufOutput(11);
        output.writeByte(tag);
        output.writeVarint(number);
        return field(before, Arrays.copyOf(output.bytes(), output.position()));
    }

    private static byte[] field(byte[] before, byte[] behind) {
        byte[] all = Arrays.copyOf(before, before.length + behind.length);
        System.arraycopy(behind, 0, all, before.length, behind.length);
        return all;
    }
}
