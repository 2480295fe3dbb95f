package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.SeawallException;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/** Rules S17 to S23: bytes that are not what was written. */
interface SerializerDamageRules {
    BatchSerializer serializer();

    private SegmentBytes segment() {
        return new SegmentBytes(serializer())
                .add(List.of(Entry.vector("a", 1, 2, 3), Entry.delete("b")))
                .add(List.of(Entry.payload("c", "text".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    default void s17_aChangedBitAnywhereInAFrameIsDamage() throws IOException {
        SegmentBytes segment = segment();
        for (int at = segment.offset(0); at < segment.offset(1); at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bytes = segment.bytes();
                bytes[at] ^= (byte) (1 << bit);
                FrameRead read = segment.format().read(new BytesInput(bytes), segment.offset(0));
                assertInstanceOf(FrameRead.Damage.class, read, "byte " + at + ", bit " + bit);
            }
        }
    }

    @Test
    default void s18_aFrameThatIsCutOffAnywhereIsDamage() throws IOException {
        SegmentBytes segment = segment();
        for (int end = segment.offset(1) + 1; end < segment.bytes().length; end++) {
            byte[] cut = Arrays.copyOf(segment.bytes(), end);
            assertInstanceOf(
                    FrameRead.Damage.class,
                    segment.format().read(new BytesInput(cut), segment.offset(1)),
                    "end " + end);
            // and in a file that goes on with zeroes
            byte[] zeroed = Arrays.copyOf(cut, cut.length + 5_000);
            boolean same = Arrays.equals(
                    Arrays.copyOf(zeroed, segment.bytes().length), segment.bytes()); // ended in zeroes anyway
            FrameRead read = segment.format().read(new BytesInput(zeroed), segment.offset(1));
            assertTrue(same || read instanceof FrameRead.Damage, "zeroes from " + end);
        }
    }

    @Test
    default void s19_zeroesAreNoFrame() throws IOException {
        SegmentBytes segment = segment();
        int end = segment.bytes().length;
        for (int zeroes : new int[] {1, 15, 16, 17, 100, 10_000}) {
            BytesInput input = new BytesInput(segment.bytes(), end + zeroes);
            FrameRead read = segment.format().read(input, end);
            assertInstanceOf(FrameRead.Damage.class, read);
        }
    }

    @Test
    default void s20_aDamagedHeaderIsRefused() throws IOException {
        byte[] header = new byte[segment().format().headerBytes().remaining()];
        System.arraycopy(segment().bytes(), 0, header, 0, header.length);
        for (int at = 0; at < header.length; at++) {
            byte[] changed = header.clone();
            changed[at] ^= 1;
            assertRefused(changed, "byte " + at);
        }
        for (int end = 0; end < header.length; end++) {
            assertRefused(Arrays.copyOf(header, end), "cut at " + end);
        }
    }

    private void assertRefused(byte[] header, String how) throws IOException {
        BytesInput input = new BytesInput(header);
        if (serializer().recognizes(input)) {
            SeawallException refusal =
                    assertThrows(SeawallException.class, () -> serializer().open(input), how);
            assertTrue(refusal instanceof LogCorruptException || refusal instanceof LogFormatException, how + refusal);
        }
    }

    @Test
    default void s21_itsOwnFilesAreRecognizedAndNoOthers() throws IOException {
        assertTrue(serializer().recognizes(new BytesInput(segment().bytes())));
        int header = segment().format().headerBytes().remaining();
        assertTrue(
                serializer().recognizes(new BytesInput(Arrays.copyOf(segment().bytes(), header))), "a header alone");
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 3, 4, 15, 16, 100, 5_000}) {
            byte[] bytes = new byte[length];
            assertFalse(serializer().recognizes(new BytesInput(bytes)), "zeroes, length " + length);
            random.nextBytes(bytes);
            assertFalse(serializer().recognizes(new BytesInput(bytes)), "random, length " + length);
        }
        byte[] text = "{\"type\":\"record\"}".repeat(50).getBytes(StandardCharsets.US_ASCII);
        assertFalse(serializer().recognizes(new BytesInput(text)), "text");
    }

    @Test
    default void s22_aHostileLengthAllocatesNothing() throws IOException {
        SegmentBytes segment = segment();
        SegmentFormat format = segment.format();
        List<byte[]> hostile = List.of(
                hex("ffffffff0f"),
                hex("feffffff0f"),
                hex("808080800a"),
                hex("7fffffff"),
                hex("ffffff7f"),
                hex("3fffffff"),
                hex("00000040"),
                hex("ffffffffffffffff7f"),
                hex("ffffffffffffffffff01"),
                hex("7fffffffffffffff"),
                hex("ffffffffffffff7f"),
                hex("8080808080808001"),
                hex("80808040"),
                hex("ffffff3f"));
        for (int at = segment.offset(0); at < segment.offset(1); at++) {
            for (byte[] length : hostile) {
                byte[] bytes = Arrays.copyOf(segment.bytes(), segment.bytes().length + 20);
                System.arraycopy(length, 0, bytes, at, length.length);
                Allocation.isSmall(() -> format.read(new BytesInput(bytes), segment.offset(0)), "frame, byte " + at);
            }
        }
        for (int at = 0; at < segment.offset(0); at++) {
            byte[] bytes = segment.bytes();
            byte[] length = hostile.get(at % hostile.size());
            System.arraycopy(length, 0, bytes, at, length.length);
            Allocation.isSmall(() -> assertRefusedOrOpened(bytes), "header, byte " + at);
        }
    }

    /** What stands for a length may be a letter of the collection's name, so that the header is another and valid. */
    private Object assertRefusedOrOpened(byte[] bytes) throws IOException {
        try {
            return serializer().recognizes(new BytesInput(bytes))
                    && serializer().open(new BytesInput(bytes)) != null;
        } catch (LogCorruptException | LogFormatException e) {
            return e;
        }
    }

    @Test
    default void s23_anyBytesAreReadWithoutAnErrorOfTheProgram() throws IOException {
        SegmentBytes whole = segment();
        SegmentFormat format = whole.format();
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            assertInstanceOf(FrameRead.Damage.class, format.read(new BytesInput(bytes), 0));
        }
        byte[] segment = whole.bytes();
        for (int at = 1; at < segment.length; at++) {
            FrameRead read = format.read(new BytesInput(segment), at);
            boolean frame = at == whole.offset(0) || at == whole.offset(1);
            assertEquals(frame, read instanceof FrameRead.Frame, "a frame at " + at);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
