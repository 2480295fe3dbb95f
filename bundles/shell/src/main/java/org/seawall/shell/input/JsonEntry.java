package org.seawall.shell.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.seawall.Entry;
import org.seawall.Operation;

/** One entry from one JSON object. What is wrong in it is an {@link IllegalArgumentException}. */
final class JsonEntry {
    private final JsonParser parser;
    private final int dimension;

    private Operation operation = Operation.PUT;
    private String id = "";
    private float[] vector = {};
    private byte[] payload = {};
    private Map<String, Object> metadata = Map.of();
    private long timestampMillis;
    private long expiresAtMillis;

    JsonEntry(JsonParser parser, int dimension) {
        this.parser = parser;
        this.dimension = dimension;
    }

    /** Reads from the object's begin, which is the parser's present token, to its end. */
    Entry read() throws IOException {
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            if (!seen.add(field)) {
                throw new IllegalArgumentException("field is named twice, name=" + field);
            }
            parser.nextToken();
            field(field);
        }
        return new Entry(operation, id, vector, metadata, payload, timestampMillis, expiresAtMillis);
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "id" -> id = id();
            case "vector" -> vector = vector();
            case "payload" -> payload = payload();
            case "metadata" -> metadata = metadata();
            case "timestamp" -> timestampMillis = time(name);
            case "expiresAt" -> expiresAtMillis = time(name);
            case "operation" -> operation = operation();
            // where wal:tail found it; the log gives another one
            case "sequence" -> expect(name, "a number", JsonToken.VALUE_NUMBER_INT);
            default ->
                throw new IllegalArgumentException("unknown field, expected id, vector, payload, metadata, timestamp,"
                        + " expiresAt, operation or sequence, name=" + name);
        }
    }

    private String id() throws IOException {
        expect("id", "text", JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT);
        return parser.getText();
    }

    private float[] vector() throws IOException {
        expect("vector", "an array", JsonToken.START_ARRAY);
        float[] components = new float[dimension];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect("vector", "numbers", JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
            double value = parser.getDoubleValue();
            // what is too long is counted for the message but not kept
            if (count < dimension) {
                components[count] = component(value, count);
            }
            count++;
        }
        if (count != dimension) {
            throw new IllegalArgumentException("foreign dimension, expected=" + dimension + ", actual=" + count);
        }
        return components;
    }

    private static float component(double value, int index) {
        if (Math.abs(value) <= Float.MAX_VALUE) {
            return (float) value;
        }
        throw new IllegalArgumentException(
                "component does not fit a float, value=" + value + ", limit=" + Float.MAX_VALUE + ", index=" + index);
    }

    private byte[] payload() throws IOException {
        expect("payload", "base64", JsonToken.VALUE_STRING);
        return parser.getBinaryValue();
    }

    private Map<String, Object> metadata() throws IOException {
        expect("metadata", "an object", JsonToken.START_OBJECT);
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Object value = switch (parser.nextToken()) {
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
                default ->
                    throw new IllegalArgumentException(
                            "metadata of an unknown type, expected text, a number, true or false, name=" + name
                                    + ", found=" + parser.currentToken());
            };
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("metadata is named twice, name=" + name);
            }
        }
        return values;
    }

    private long time(String name) throws IOException {
        expect(name, "ISO time or milliseconds", JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT);
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        try {
            return Instant.parse(parser.getText()).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "not a time, expected such as 2025-06-28T14:20:00Z, field=" + name + ", value=" + parser.getText(),
                    e);
        }
    }

    private Operation operation() throws IOException {
        expect("operation", "put or delete", JsonToken.VALUE_STRING);
        String text = parser.getText();
        return Arrays.stream(Operation.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown operation, expected put or delete, value=" + text));
    }

    private void expect(String field, String words, JsonToken... tokens) throws IOException {
        if (!Arrays.asList(tokens).contains(parser.currentToken())) {
            throw new IllegalArgumentException("field of another type, expected " + words + ", field=" + field
                    + ", found=" + parser.currentToken());
        }
    }
}
