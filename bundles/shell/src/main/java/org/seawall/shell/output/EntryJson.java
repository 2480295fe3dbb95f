package org.seawall.shell.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.seawall.Entry;
import org.seawall.LoggedEntry;

/** An entry as JSON, as {@code wal:ingest} reads it. */
public final class EntryJson {
    private EntryJson() {}

    /**
     * Writes an entry.
     *
     * @param json takes one object
     * @param logged the entry with its sequence
     */
    public static void write(JsonGenerator json, LoggedEntry logged) throws IOException {
        Entry entry = logged.entry();
        json.writeStartObject();
        json.writeNumberField("sequence", logged.sequence());
        json.writeStringField("operation", entry.operation().name().toLowerCase(Locale.ROOT));
        json.writeStringField("id", entry.id());
        json.writeStringField("timestamp", time(entry.timestampMillis()));
        if (entry.expiresAtMillis() != 0) {
            json.writeStringField("expiresAt", time(entry.expiresAtMillis()));
        }
        if (entry.vector().length > 0) {
            json.writeArrayFieldStart("vector");
            for (float component : entry.vector()) {
                json.writeNumber(component);
            }
            json.writeEndArray();
        }
        if (entry.payload().length > 0) {
            json.writeBinaryField("payload", entry.payload());
        }
        if (!entry.metadata().isEmpty()) {
            values(json, "metadata", entry.metadata());
        }
        json.writeEndObject();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /**
     * Writes names and values.
     *
     * @param json takes one field
     * @param name the field
     * @param values text, numbers, truth values
     */
    public static void values(JsonGenerator json, String name, Map<String, ?> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, ?> value : values.entrySet()) {
            json.writeObjectField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }
}
