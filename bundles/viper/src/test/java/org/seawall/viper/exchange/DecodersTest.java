package org.seawall.viper.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Parquet's own encoders write, of every width and length. */
class DecodersTest {
    private static final HeapByteBufferAllocator HEAP = new HeapByteBufferAllocator();
    private static final int BYTES = 1 << 16;

    private final Random random = new Random(7);

    @Test
    void numbersOfEveryWidthComeBackFromRunsAndPacks() throws IOException {
        for (int width = 0; width <= 32; width++) {
            int[] numbers = new int[1_000];
            RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(width, BYTES, BYTES, HEAP);
            for (int i = 0; i < numbers.length; i++) {
                int mask = width == 32 ? -1 : (1 << width) - 1;
                numbers[i] =
                        i > 0 && random.nextInt(40) > 0 && i % 200 > 100 ? numbers[i - 1] : random.nextInt() & mask;
                encoder.writeInt(numbers[i]);
            }
            RunLengths decoder = new RunLengths(little(encoder.toBytes()), width);
            for (int number : numbers) {
                assertEquals(number, decoder.next(), "width " + width);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 128, 129, 257, 1000})
    void differencesOfEveryWidthComeBack(int count) throws IOException {
        for (int width = 0; width <= 64; width++) {
            long[] numbers = random.longs(count).toArray();
            ValuesWriter longs = new DeltaBinaryPackingValuesWriterForLong(BYTES, BYTES, HEAP);
            ValuesWriter integers = new DeltaBinaryPackingValuesWriterForInteger(BYTES, BYTES, HEAP);
            for (int i = 0; i < count; i++) {
                numbers[i] = width == 0 ? 5 : numbers[i] >> 64 - width;
                longs.writeLong(numbers[i]);
                integers.writeInteger((int) numbers[i]);
            }
            ByteBuffer bytes = little(longs.getBytes());
            Deltas wide = new Deltas(bytes, false, count);
            Deltas narrow = new Deltas(little(integers.getBytes()), true, count);
            for (long number : numbers) {
                assertEquals(number, wide.bits());
                assertEquals((int) number, narrow.bits());
            }
            assertThrows(IllegalArgumentException.class, wide::bits);
            bytes.rewind();
            assertEquals(0, new Deltas(bytes, false, count).rest().remaining());
        }
    }

    @Test
    void textsComeBackWithAndWithoutWhatTheyShare() throws IOException {
        List<String> texts = random.ints(500, 0, 100_000)
                .sorted()
                .mapToObj(i -> i % 50 == 0 ? "" : "text of " + i)
                .toList();
        ValuesWriter whole = new DeltaLengthByteArrayValuesWriter(BYTES, BYTES, HEAP);
        ValuesWriter shared = new DeltaByteArrayWriter(BYTES, BYTES, HEAP);
        for (String text : texts) {
            whole.writeBytes(Binary.fromString(text));
            shared.writeBytes(Binary.fromString(text));
        }
        DeltaBytes first = DeltaBytes.whole(little(whole.getBytes()), texts.size());
        DeltaBytes second = DeltaBytes.prefixed(little(shared.getBytes()), texts.size());
        for (String text : texts) {
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), first.bytes());
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), second.bytes());
        }
        assertThrows(IllegalArgumentException.class, first::bytes);
        assertThrows(IllegalArgumentException.class, second::bytes);
    }

    @Test
    void countsThatAreNotThereMakeNoRoom() {
        // a block of 2^30 values in as many pieces; 2^31 - 1 values; bits of a number over 64
        assertThrows(
                IllegalArgumentException.class, () -> new Deltas(bytes(0x80, 0x80, 0x80, 0x80, 4, 1, 1, 0), false, 9));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Deltas(bytes(0x80, 1, 4, 0xff, 0xff, 0xff, 0xff, 7, 0), false, 9));
        Deltas wide = new Deltas(bytes(0x80, 1, 4, 9, 0, 0, 65, 0, 0, 0), false, 9);
        assertEquals(0, wide.bits());
        assertThrows(IllegalArgumentException.class, wide::bits);
        // 2^28 groups of packed numbers that are not there
        RunLengths packed = new RunLengths(bytes(0xff, 0xff, 0xff, 0xff, 3, 1), 32);
        assertThrows(IndexOutOfBoundsException.class, packed::next);
        assertThrows(IllegalArgumentException.class, () -> new RunLengths(bytes(0), 33));
    }

    @Test
    void blocksThatAreNotWhatTheyTellAreRefused() {
        // "abcd" and a copy of 8 from 4 before; longer than told; a copy from before the begin
        assertEquals("abcdabcdabcd", new String(Snappy.plain(array(12, 12, 'a', 'b', 'c', 'd', 17, 4), 0, 12)));
        assertThrows(
                IllegalArgumentException.class, () -> Snappy.plain(array(12, 12, 'a', 'b', 'c', 'd', 17, 4), 0, 11));
        assertThrows(
                IllegalArgumentException.class, () -> Snappy.plain(array(11, 12, 'a', 'b', 'c', 'd', 17, 4), 0, 11));
        assertThrows(
                IllegalArgumentException.class, () -> Snappy.plain(array(12, 12, 'a', 'b', 'c', 'd', 17, 5), 0, 12));
        assertThrows(
                IllegalArgumentException.class, () -> Snappy.plain(array(13, 12, 'a', 'b', 'c', 'd', 17, 4), 0, 13));
        assertEquals("abcdabcdabcd", new String(Lz4.plain(array(0x44, 'a', 'b', 'c', 'd', 4, 0), 0, 12)));
        assertThrows(IllegalArgumentException.class, () -> Lz4.plain(array(0x44, 'a', 'b', 'c', 'd', 5, 0), 0, 12));
        assertThrows(IllegalArgumentException.class, () -> Lz4.plain(array(0x45, 'a', 'b', 'c', 'd', 4, 0), 0, 12));
        assertThrows(RuntimeException.class, () -> Lz4.plain(array(0xf4, 255, 255), 0, 12));
    }

    private static byte[] array(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return array;
    }

    private static ByteBuffer bytes(int... bytes) {
        return ByteBuffer.wrap(array(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer little(BytesInput bytes) throws IOException {
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        bytes.writeAllTo(collected);
        return ByteBuffer.wrap(collected.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
