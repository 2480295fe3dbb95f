package org.example.lines;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.seawall.SerializationException;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.SegmentHeader;

/** What segments and batches say of themselves, as a line of JSON each: texts and whole numbers. */
final class HeaderLine {
    private HeaderLine() {}

    /** What a batch says of itself, with the checksum of its entries. */
    record About(BatchHeader header, int checksum) {}

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] of(SegmentHeader header) {
        return line(json -> {
            json.writeStringField("collection", header.collection());
            json.writeNumberField("segment", header.segment());
            json.writeNumberField("epoch", header.epoch());
            json.writeNumberField("first", header.firstSequence());
            json.writeStringField("predecessor", header.predecessor());
            json.writeNumberField("chain", header.predecessorChain());
            json.writeStringField("successor", header.successor());
            json.writeNumberField("created", header.createdMillis());
            if (header.covers().isPresent()) {
                Coverage covers = header.covers().get();
                json.writeNumberField("coversFrom", covers.firstSegment());
                json.writeNumberField("coversChain", covers.firstChain());
                json.writeNumberField("coversUpTo", covers.lastSequence());
                json.writeNumberField("coversEntries", covers.entries());
                json.writeNumberField("coversFlushed", covers.flushed());
            }
        });
    }

    static SegmentHeader read(byte[] line) throws IOException {
        Map<String, Object> fields = fields(line);
        Optional<Coverage> covers = fields.containsKey("coversFrom")
                ? Optional.of(new Coverage(
                        number(fields, "coversFrom"),
                        (int) number(fields, "coversChain"),
                        number(fields, "coversUpTo"),
                        number(fields, "coversEntries"),
                        number(fields, "coversFlushed")))
                : Optional.empty();
        return new SegmentHeader(
                text(fields, "collection"),
                number(fields, "segment"),
                number(fields, "epoch"),
                number(fields, "first"),
                text(fields, "predecessor"),
                (int) number(fields, "chain"),
                text(fields, "successor"),
                covers,
                number(fields, "created"));
    }

    static byte[] of(BatchHeader header, int checksum) {
        return line(json -> {
            json.writeNumberField("first", header.firstSequence());
            json.writeNumberField("epoch", header.epoch());
            json.writeStringField("writer", header.writer());
            json.writeNumberField("durable", header.durableSequence());
            json.writeNumberField("written", header.writtenMillis());
            json.writeNumberField("entries", checksum);
        });
    }

    static About readAbout(byte[] line) throws IOException {
        Map<String, Object> fields = fields(line);
        BatchHeader header = new BatchHeader(
                number(fields, "first"),
                number(fields, "epoch"),
                text(fields, "writer"),
                number(fields, "durable"),
                number(fields, "written"));
        return new About(header, (int) number(fields, "entries"));
    }

    private static byte[] line(Fields fields) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = EntryLine.JSON.createGenerator(line)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new SerializationException("header cannot be written as JSON", e);
        }
        return line.toByteArray();
    }

    private static Map<String, Object> fields(byte[] line) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        try (JsonParser json = EntryLine.JSON.createParser(line)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                boolean text = json.nextToken() == JsonToken.VALUE_STRING;
                fields.put(name, text ? json.getText() : (Object) json.getLongValue());
            }
        }
        return fields;
    }

    private static String text(Map<String, Object> fields, String name) throws IOException {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw missing(fields, name);
    }

    private static long number(Map<String, Object> fields, String name) throws IOException {
        if (fields.get(name) instanceof Long number) {
            return number;
        }
        throw missing(fields, name);
    }

    private static IOException missing(Map<String, Object> fields, String name) {
        return new IOException("header without a field, missing=" + name + ", found=" + fields.keySet());
    }
}
