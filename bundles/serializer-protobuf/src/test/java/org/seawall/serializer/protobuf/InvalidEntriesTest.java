package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.serializer.common.BytesInput;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.FrameRead.Damage;

/** A batch with a right checksum whose entries break the rules of {@link Entry} is damage when it is read, not later. */
class InvalidEntriesTest {
    private static final Object DELETE =
            StockProtobuf.SCHEMA.findEnumTypeByName("Operation").findValueByName("OPERATION_DELETE");
    private static final List<String> CONTENT = List.of("vector", "metadata", "payload");

    private final ProtobufSegmentFormat format = (ProtobufSegmentFormat) Protobuf.SERIALIZER.begin(Segment.HEADER);

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
                assertDamage("component is not finite", entry -> StockProtobuf.set(entry, "vector", List.of(vector)));
            }
        }
    }

    @Test
    void idsAreChecked() throws IOException {
        assertDamage("id too long", entry -> StockProtobuf.set(entry, "id", "x".repeat(513)));
        assertDamage("empty id", entry -> StockProtobuf.set(entry, "id", ""));
        assertDamage("empty id", entry -> {
            CONTENT.forEach(field -> clear(entry, field));
            StockProtobuf.set(entry, "operation", DELETE);
            StockProtobuf.set(entry, "id", "");
        });
    }

    @Test
    void aDeleteCarriesNothing() throws IOException {
        for (String kept : CONTENT) {
            assertDamage("delete that carries more than an id", entry -> {
                CONTENT.stream().filter(field -> !field.equals(kept)).forEach(field -> clear(entry, field));
                StockProtobuf.set(entry, "operation", DELETE);
            });
        }
    }

    @Test
    void timesAreNotNegative() throws IOException {
        assertDamage("negative timestamp", entry -> StockProtobuf.set(entry, "timestamp_millis", -1L));
        assertDamage("negative expiry", entry -> StockProtobuf.set(entry, "expires_at_millis", -1L));
    }

    @Test
    void metadataIsChecked() throws IOException {
        Message nameless = StockProtobuf.set(DynamicMessage.newBuilder(StockProtobuf.METADATA), "integer", 1L)
                .build();
        assertDamage("empty metadata name", entry -> StockProtobuf.add(entry, "metadata", nameless));
        Message valueless = StockProtobuf.set(DynamicMessage.newBuilder(StockProtobuf.METADATA), "name", "n")
                .build();
        assertDamage("metadata without a value", entry -> StockProtobuf.add(entry, "metadata", valueless));
    }

    @Test
    void aVectorHasNoMoreComponentsThanAllowed() throws IOException {
        Float[] vector = new Float[Entry.MAX_DIMENSION + 1];
        Arrays.fill(vector, 0f);
        assertDamage("dimension out of range", entry -> StockProtobuf.set(entry, "vector", List.of(vector)));
    }

    @Test
    void anOperationIsOneOfTwo() throws IOException {
        assertDamage("unknown operation", entry -> clear(entry, "operation"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no entry:",
                "unknown operation:0a00",
                "unknown operation:0a0512016108 01",
                "unknown operation:0a020803",
                "field without a value:0a020800",
                "unknown operation:0a0b08ffffffffffffffffff01",
                "field without a value:0a0408011200",
                "field without a value:0a0408011800",
                "field without a value:0a0408012000",
                "field without a value:0a0408012a00",
                "field without a value:0a0408013a00",
                "number not in its shortest form:0a0508 01 18 8100",
                "text is not UTF-8:0a0508011201ff",
                "text is not UTF-8:0a07080132030a01ff",
                "empty metadata name:0a080801320412026162",
                "metadata without a value:0a07080132030a0161",
                "text is not UTF-8:0a0a080132060a016112 01ff",
                "not a boolean:0a09080132050a01612802",
                "value cut off:0a0c080132080a01612100000000",
                "vector cut off inside a component:0a0a08011201612a03000000",
                "unknown field, or not in its place:0a0408014001",
                "unknown field, or not in its place:0a07080118011201 61",
                "unknown field, or not in its place:0a0608010801",
                "unknown field, or not in its place:0a1008011201612a04000000002a0400000000",
                "unknown field, or not in its place:0a0c08013a01003206 0a0161 28 01",
                "unknown field, or not in its place:0a0b080132070a0161280128 00",
            })
    void encodingsThatNobodyWritesAreDamage(String factAndBytes) throws IOException {
        String[] parts = factAndBytes.split(":", 2);
        byte[] entries = HexFormat.of().parseHex(parts[1].replace(" ", ""));
        assertEquals(parts[0], damage(Frames.aroundEntries(format, entries)).fact());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown field, or not in its place:180110 01",
                "unknown field, or not in its place:10011001",
                "unknown field, or not in its place:10010a020801",
                "unknown field, or not in its place:10014801",
                "unknown field, or not in its place:100135000000 00",
                "field without a value:1000",
                "field without a value:2200",
                "writer not readable:2201ff",
                "number cut off:10",
                "length out of range:2209",
            })
    void fieldsBehindTheEntriesThatNobodyWritesAreDamage(String factAndBytes) throws IOException {
        String[] parts = factAndBytes.split(":");
        byte[] fields = HexFormat.of().parseHex("0a020801" + parts[1].replace(" ", ""));
        assertEquals(parts[0], damage(Frames.around(format, fields)).fact());
    }

    @Test
    void aWriterIsNoLongerThanAllowed() throws IOException {
        ProtobufOutput output = new ProtobufOutput(4 + 3 + 513);
        output.writeRaw(HexFormat.of().parseHex("0a020801"));
        output.writeText(0x22, "w".repeat(513), 513);
        assertEquals(
                "writer not readable",
                damage(Frames.around(format, output.bytes())).fact());
    }

    @Test
    void theLastOfTwoValuesOfANameCounts() throws IOException {
        byte[] twice = HexFormat.of().parseHex("0a10" + "0801" + "32050a016e2801" + "32050a016e2800");
        FrameRead read = format.read(new BytesInput(Frames.aroundEntries(format, twice)), 0);
        assertEquals(
                Map.of("n", false),
                assertInstanceOf(FrameRead.Frame.class, read).batch().entry(0).metadata());
    }

    private Damage damage(byte[] frame) throws IOException {
        return assertInstanceOf(Damage.class, format.read(new BytesInput(frame), 0));
    }

    private void assertDamage(String fact, Consumer<DynamicMessage.Builder> change) throws IOException {
        assertEquals(fact, assertInstanceOf(Damage.class, read(change)).fact());
    }

    private FrameRead read(Consumer<DynamicMessage.Builder> change) throws IOException {
        DynamicMessage.Builder entry = StockProtobuf.entry(
                Entry.vector("id", 1f, 2f).withMetadata(Map.of("k", "v")).withPayload(new byte[] {1}));
        change.accept(entry);
        DynamicMessage.Builder batch = DynamicMessage.newBuilder(StockProtobuf.BATCH);
        StockProtobuf.add(
                batch, "entries", StockProtobuf.entry(Entry.delete("other")).build());
        StockProtobuf.add(batch, "entries", entry.build());
        byte[] entries = batch.build().toByteArray();
        return format.read(new BytesInput(Frames.aroundEntries(format, entries)), 0);
    }

    private static void clear(DynamicMessage.Builder entry, String field) {
        entry.clearField(StockProtobuf.ENTRY.findFieldByName(field));
    }
}
