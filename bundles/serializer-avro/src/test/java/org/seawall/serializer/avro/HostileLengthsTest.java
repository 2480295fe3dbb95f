package org.seawall.serializer.avro;

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
import org.junit.jupiter.params.provider.CsvSource;
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

    private final AvroSegmentFormat format = (AvroSegmentFormat) Avro.SERIALIZER.begin(Segment.HEADER);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 4096, 1 << 28, Integer.MAX_VALUE, 1L << 32, TERABYTE, Long.MAX_VALUE})
    void aSizeBehindTheEndOfTheFileIsDamage(long size) throws IOException {
        byte[] bytes = numbers(1, size);
        Damage damage = damage(new BytesInput(bytes, bytes.length + 15));
        assertEquals("batch ends behind the file", damage.fact());
        long frame = bytes.length + 16 + size;
        assertEquals(frame < 0 ? Long.MAX_VALUE : frame, damage.length());
    }

    @ParameterizedTest
    @ValueSource(longs = {(1 << 28) + 1025, Integer.MAX_VALUE, 1L << 32, TERABYTE / 2})
    void aSizeOverTheLimitIsDamage(long size) throws IOException {
        byte[] bytes = numbers(1, size);
        Damage damage = damage(new BytesInput(bytes, TERABYTE));
        assertEquals("batch over the limit", damage.fact());
        assertEquals(bytes.length + 16 + size, damage.length());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,100", "2,100", "-1,100", "1,-1", "1,-9223372036854775808", "9223372036854775807,10"})
    void aBlockThatIsNotOneBatchIsDamage(long count, long size) throws IOException {
        Damage damage = damage(new BytesInput(numbers(count, size), TERABYTE));
        assertEquals("not a batch", damage.fact());
        assertEquals(0, damage.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8200",
                "8280808000",
                "ffffffffffffffffff02",
                "ffffffffffffffffffff01",
                "80808080808080808080808001"
            })
    void aNumberThatIsLongerThanItNeedsToBeIsDamage(String hex) throws IOException {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(hex), 100);
        assertEquals(
                "number not in its shortest form", damage(new BytesInput(bytes)).fact());
    }

    @Test
    void anEmptyRestIsDamage() throws IOException {
        assertEquals("number cut off", damage(new BytesInput(new byte[0])).fact());
    }

    @Test
    void lengthsInsideABatchAreCheckedBeforeAnythingIsAllocated() throws IOException {
        for (long hostile : new long[] {
            Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, 65_537, 1 << 28, -1, 513
        }) {
            // each number of an entry in turn, with a right checksum around it
            assertHostile(numbers(hostile));
            assertHostile(numbers(1, 0, hostile));
            assertHostile(numbers(1, 0, 0, 0, 0, hostile));
            assertHostile(numbers(1, 0, 0, 0, 0, 0, hostile));
            assertHostile(numbers(1, 0, 0, 0, 0, 0, 1, hostile));
            assertHostile(numbers(1, 0, 0, 0, 0, 0, 1, 1, hostile));
            assertHostile(numbers(1, 0, 0, 0, 0, 0, 0, hostile));
        }
    }

    private void assertHostile(byte[] entries) throws IOException {
        Damage damage = damage(new BytesInput(Frames.around(format, Arrays.copyOf(entries, entries.length + 50))));
        assertTrue(damage.length() > 0, damage.toString());
    }

    @Test
    void randomBytesAreDamage() throws IOException {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && random.nextBoolean()) {
                bytes[0] = 2;
            }
            damage(new BytesInput(bytes));
            // with a right checksum the walk over the entries gets to see them
            damage(new BytesInput(Frames.around(format, bytes)));
        }
    }

    @Test
    void aHeaderWithHostileLengthsIsCorrupt() throws IOException {
        byte[] header = new byte[Segment.HEADER.toString().length() + 3000];
        Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(header);
            System.arraycopy(HeaderFields.MAGIC, 0, header, 0, 4);
            BytesInput input = new BytesInput(header, TERABYTE);
            assertThrows(LogCorruptException.class, () -> Avro.SERIALIZER.open(input));
            long before = allocated();
            assertThrows(LogCorruptException.class, () -> Avro.SERIALIZER.open(input));
            // the worst is a name and a value of no bytes in every two
            assertTrue(allocated() - before < 64 * SegmentMarker.MAX_HEADER_BYTES);
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

    private static byte[] numbers(long... numbers) {
        AvroOutput output = new AvroOutput(10 * numbers.length);
        for (long number : numbers) {
            output.writeLong(number);
        }
        return Arrays.copyOf(output.bytes(), output.position());
    }
}
