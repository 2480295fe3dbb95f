package org.example.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.SerializationException;

/** An entry as a line of JSON, and back. */
final class EntryLine {
    static final JsonFactory JSON = new JsonFactory();

    private EntryLine() {}

    static byte[] of(Entry entry, long defaultTimestampMillis) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("op", entry.operation().name());
            json.writeStringField("id", entry.id());
            json.writeNumberField(
                    "time", entry.timestampMillis() != 0 ? entry.timestampMillis() : defaultTimestampMillis);
            if (entry.expiresAtMillis() != 0) {
                json.writeNumberField("expires", entry.expiresAtMillis());
            }
            if (entry.vector().length > 0) {
                json.writeArrayFieldStart("vector");
                for (float component : entry.vector()) {
                    json.writeNumber(component);
                }
                json.writeEndArray();
            }
            writeMetadata(json, entry.metadata());
            if (entry.payload().length > 0) {
                json.writeBinaryField("payload", entry.payload());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new SerializationException("entry cannot be written as JSON, id=" + entry.id(), e);
        }
        return line.toByteArray();
    }

    private static void writeMetadata(JsonGenerator json, Map<String, Object> metadata) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, Object> each : metadata.entrySet()) {
            json.writeFieldName(each.getKey());
            if (each.getValue() instanceof Long number) {
                json.writeNumber(number);
            } else if (each.getValue() instanceof Boolean bool) {
                json.writeBoolean(bool);
            } else if (each.getValue() instanceof String text) {
                json.writeString(text);
            } else {
                writeDouble(json, (Double) each.getValue());
            }
        }
        json.writeEndObject();
    }

    /** JSON has no number for some of them: they are text in an array. */
    private static void writeDouble(JsonGenerator json, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeArray(new String[] {Double.toString(number)}, 0, 1);
        }
    }

    static Entry read(byte[] bytes, int from, int length) throws IOException {
        Operation operation = Operation.PUT;
        String id = "";
        long time = 0;
        long expires = 0;
        float[] vector = {};
        Map<String, Object> metadata = Map.of();
        byte[] payload = {};
        try (JsonParser json = JSON.createParser(bytes, from, length)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "op" -> operation = Operation.valueOf(json.getText());
                    case "id" -> id = json.getText();
                    case "time" -> time = json.getLongValue();
                    case "expires" -> expires = json.getLongValue();
                    case "vector" -> vector = vector(json);
                    case "metadata" -> metadata = metadata(json);
                    case "payload" -> payload = json.getBinaryValue();
                    default -> throw new IOException("unknown field of an entry, name=" + name);
                }
            }
            expect(json, json.currentToken(), JsonToken.END_OBJECT);
            expect(json, json.nextToken(), null);
        }
        return new Entry(operation, id, vector, metadata, payload, time, expires);
    }

    private static float[] vector(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        float[] vector = new float[16];
        int dimension = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (dimension == vector.length) {
                vector = Arrays.copyOf(vector, 2 * dimension);
            }
            // not by way of a double, which would be rounded twice
            vector[dimension++] = Float.parseFloat(json.getText());
        }
        return Arrays.copyOf(vector, dimension);
    }

    private static Map<String, Object> metadata(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            metadata.put(name, value(json));
        }
        return metadata;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> Double.parseDouble(json.getText());
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case START_ARRAY -> {
                double number = Double.parseDouble(json.nextTextValue());
                expect(json, json.nextToken(), JsonToken.END_ARRAY);
                yield number;
            }
            default -> throw new IOException("metadata of an unknown type, token=" + json.currentToken());
        };
    }

    private static void expect(JsonParser json, JsonToken actual, JsonToken expected) throws IOException {
        if (actual != expected) {
            throw new IOException("not an entry, expected=" + expected + ", actual=" + actual + ", at="
                    + json.currentTokenLocation().getByteOffset());
        }
    }
}
