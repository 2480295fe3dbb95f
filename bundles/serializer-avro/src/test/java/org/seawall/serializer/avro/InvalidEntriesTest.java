package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.BytesInput;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.FrameRead.Damage;

/** A batch with a right checksum whose entries break the rules of {@link Entry} is damage when it is read, not later. */
class InvalidEntriesTest {
    private static final Object DELETE =
            new GenericData.EnumSymbol(StockAvro.ENTRY.getField("operation").schema(), Operation.DELETE);

    private final AvroSegmentFormat format = (AvroSegmentFormat) Avro.SERIALIZER.begin(Segment.HEADER);

    @Test
    void aValidEntryPasses() throws IOException {
        assertInstanceOf(FrameRead.Frame.class, read(entry -> {}));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aComponentThatIsNotFiniteIsDamageAnywhereInTheVector(float component) throws IOException {
        for (int dimension = 1; dimension < 20; dimension++) {
            for (int index = 0; index < dimension; index++) {
                Float[] vector = new Float[dimension];
                Arrays.fill(vector, -Float.MAX_VALUE);
                vector[index] = component;
                assertDamage("component is not finite", entry -> entry.put("vector", List.of(vector)));
            }
        }
    }

    @Test
    void idsAreChecked() throws IOException {
        assertDamage("id too long", entry -> entry.put("id", "x".repeat(513)));
        assertDamage("empty id", entry -> entry.put("id", ""));
        assertDamage("empty id", entry -> {
            emptied(entry);
            entry.put("operation", DELETE);
            entry.put("id", "");
        });
        assertDamage("text is not UTF-8", entry -> entry.put("id", new Utf8(new byte[] {'a', (byte) 0xff})));
    }

    @Test
    void aDeleteCarriesNothing() throws IOException {
        assertDamage("delete that carries more than an id", entry -> {
            entry.put("operation", DELETE);
        });
        for (String field : List.of("vector", "metadata", "payload")) {
            assertDamage("delete that carries more than an id", entry -> {
                Object kept = entry.get(field);
                emptied(entry);
                entry.put(field, kept);
                entry.put("operation", DELETE);
            });
        }
    }

    @Test
    void timesAreNotNegative() throws IOException {
        assertDamage("negative timestamp", entry -> entry.put("timestamp", -1L));
        assertDamage("expiry out of range", entry -> entry.put("expiresAt", -1L));
        assertDamage("expiry out of range", entry -> entry.put("expiresAt", 0L));
    }

    @Test
    void metadataIsChecked() throws IOException {
        assertDamage("empty metadata name", entry -> entry.put("metadata", Map.of("", 1L)));
        Utf8 surrogate = new Utf8(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        assertDamage("text is not UTF-8", entry -> entry.put("metadata", Map.of("k", surrogate)));
    }

    @Test
    void aVectorHasNoMoreComponentsThanAllowed() throws IOException {
        Float[] vector = new Float[Entry.MAX_DIMENSION + 1];
        Arrays.fill(vector, 0f);
        assertDamage("dimension out of range", entry -> entry.put("vector", List.of(vector)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number of entries out of range:0000",
                "unknown operation:0204026100000000000000",
                "unknown operation:0201026100000000000000",
                "unknown branch of expiresAt:0200026100040000000000",
                "unknown branch of expiresAt:0200026100010000000000",
                "unknown branch of metadata:02000261000000020261080000000000",
                "not a boolean:02000261000000020261060200000000",
                "more than one block:020002610000000000020002620000000000",
                "more than one block:02000261000002000000000200000000",
                "text is not UTF-8:020002610000000202ff0200000000",
                "bytes behind the entries:020002610000000000000000",
            })
    void encodingsThatNobodyWritesAreDamage(String factAndBytes) throws IOException {
        String[] parts = factAndBytes.split(":");
        byte[] entries = HexFormat.of().parseHex(parts[1]);
        FrameRead read = format.read(new BytesInput(Frames.around(format, entries)), 0);
        assertEquals(parts[0], assertInstanceOf(Damage.class, read).fact());
    }

    private void assertDamage(String fact, Consumer<GenericRecord> change) throws IOException {
        assertEquals(fact, assertInstanceOf(Damage.class, read(change)).fact());
    }

    private FrameRead read(Consumer<GenericRecord> change) throws IOException {
        GenericRecord entry = StockAvro.entry(
                Entry.vector("id", 1f, 2f).withMetadata(Map.of("k", "v")).withPayload(new byte[] {1}));
        change.accept(entry);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        GenericRecord valid = StockAvro.entry(Entry.delete("other"));
        new GenericDatumWriter<>(StockAvro.ENTRIES).write(List.of(valid, entry), encoder);
        encoder.flush();
        return format.read(new BytesInput(Frames.around(format, bytes.toByteArray())), 0);
    }

    private static void emptied(GenericRecord entry) {
        entry.put("vector", List.of());
        entry.put("metadata", Map.of());
        entry.put("payload", ByteBuffer.allocate(0));
    }
}
