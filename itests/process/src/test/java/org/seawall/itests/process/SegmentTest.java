package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** A sealed segment in the hands of a reader that knows nothing of us. */
class SegmentTest {
    private static final int DIMENSION = 5;
    private static final int BATCH = 7;
    private static final int ROWS = 100;

    /** An entry in words, so that three sources can be compared. */
    private record Row(
            long sequence,
            String operation,
            String id,
            long timestamp,
            List<Float> vector,
            Map<String, Object> metadata,
            String payload) {}

    @Test
    void theAvroLibraryReadsWhatWasWrittenAndDumpAgrees() throws Exception {
        Seawall seawall = Seawall.at("segment");
        List<Row> written = rows();
        Path file = Files.write(
                seawall.file("rows.jsonl"),
                written.stream().map(SegmentTest::json).toList());
        seawall.run(
                        "wal:create v --dimension " + DIMENSION,
                        "wal:ingest v " + file + " --batch " + BATCH,
                        "wal:roll v",
                        "wal:append v later --vector 1,2,3,4,5")
                .assertOk();

        List<Path> sealed = Seawall.segments(seawall.onlyCollection());
        assertEquals(1, sealed.size());
        assertEquals(written, readByAvro(sealed.get(0)));

        Outcome dump =
                seawall.run("wal:dump " + sealed.get(0) + " --entries --json").assertOk();
        List<Row> dumped = new ArrayList<>();
        dump.objects().stream()
                .filter(object -> object.get("type").textValue().equals("batch"))
                .forEach(batch -> batch.get("entries").forEach(entry -> dumped.add(row(entry))));
        assertEquals(written, dumped);
    }

    private static List<Row> rows() {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            List<Float> vector = new ArrayList<>();
            for (int i = 0; i < DIMENSION; i++) {
                vector.add((float) random.nextGaussian());
            }
            Map<String, Object> metadata = new TreeMap<>();
            metadata.put("even", n % 2 == 0);
            metadata.put("half", n / 2.0);
            metadata.put("n", (long) n);
            metadata.put("name", "né " + n);
            rows.add(new Row(n + 1, "put", "id-" + n, 1_750_000_000_000L + n, vector, metadata, "payload " + n));
        }
        return rows;
    }

    private static String json(Row row) {
        StringBuilder metadata = new StringBuilder();
        row.metadata.forEach((name, value) -> metadata.append(metadata.isEmpty() ? "" : ",")
                .append('"' + name + "\":")
                .append(value instanceof String ? '"' + (String) value + '"' : value.toString()));
        return "{\"id\":\"" + row.id + "\",\"timestamp\":" + row.timestamp + ",\"vector\":" + row.vector
                + ",\"metadata\":{" + metadata + "},\"payload\":\""
                + Base64.getEncoder().encodeToString(row.payload.getBytes(StandardCharsets.UTF_8))
                + "\"}";
    }

    private static Row row(JsonNode entry) {
        List<Float> vector = new ArrayList<>();
        entry.get("vector").forEach(component -> vector.add(component.floatValue()));
        Map<String, Object> metadata = new TreeMap<>();
        entry.get("metadata").properties().forEach(value -> metadata.put(value.getKey(), value(value.getValue())));
        return new Row(
                entry.get("sequence").longValue(),
                entry.get("operation").textValue(),
                entry.get("id").textValue(),
                Instant.parse(entry.get("timestamp").textValue()).toEpochMilli(),
                vector,
                metadata,
                new String(Base64.getDecoder().decode(entry.get("payload").textValue()), StandardCharsets.UTF_8));
    }

    private static Object value(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isBoolean() ? node.booleanValue() : node.textValue();
    }

    private static List<Row> readByAvro(Path segment) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(segment.toFile(), new GenericDatumReader<GenericRecord>())) {
            for (GenericRecord batch : reader) {
                long sequence = (Long) batch.get("firstSequence");
                for (Object entry : (List<?>) batch.get("entries")) {
                    rows.add(row(sequence++, (GenericRecord) entry));
                }
            }
        }
        return rows;
    }

    private static Row row(long sequence, GenericRecord entry) {
        Map<String, Object> metadata = new TreeMap<>();
        ((Map<?, ?>) entry.get("metadata"))
                .forEach((name, value) ->
                        metadata.put(name.toString(), value instanceof CharSequence text ? text.toString() : value));
        List<Float> vector = new ArrayList<>();
        ((List<?>) entry.get("vector")).forEach(component -> vector.add((Float) component));
        ByteBuffer payload = (ByteBuffer) entry.get("payload");
        return new Row(
                sequence,
                ((GenericData.EnumSymbol) entry.get("operation")).toString().toLowerCase(Locale.ROOT),
                entry.get("id").toString(),
                (Long) entry.get("timestamp"),
                vector,
                metadata,
                StandardCharsets.UTF_8.decode(payload).toString());
    }
}
