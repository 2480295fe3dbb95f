package org.seawall.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.LogReport;
import org.seawall.inspection.Verification;

/** How the findings of an inspection are written as JSON. */
final class InspectionJson {
    private InspectionJson() {}

    static void verification(JsonGenerator json, Verification found) throws IOException {
        json.writeStartObject();
        json.writeStringField("verdict", Text.lower(found.verdict()));
        json.writeNumberField("millis", found.millis());
        json.writeFieldName("catalog");
        log(json, found.catalog());
        json.writeArrayFieldStart("collections");
        for (LogReport collection : found.collections()) {
            log(json, collection);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void log(JsonGenerator json, LogReport log) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", log.name());
        json.writeStringField("id", log.id());
        json.writeStringField("url", log.url());
        json.writeStringField("verdict", Text.lower(log.verdict()));
        json.writeStringField("detail", log.detail());
        json.writeArrayFieldStart("files");
        for (FileReport file : log.files()) {
            file(json, file);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void file(JsonGenerator json, FileReport file) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", file.file());
        json.writeStringField("kind", Text.lower(file.kind()));
        json.writeNumberField("number", file.number());
        json.writeStringField("verdict", Text.lower(file.verdict()));
        json.writeStringField("detail", file.detail());
        json.writeNumberField("offset", file.offset());
        json.writeNumberField("bytes", file.bytes());
        json.writeNumberField("batches", file.batches());
        json.writeNumberField("entries", file.entries());
        json.writeNumberField("firstSequence", file.firstSequence());
        json.writeNumberField("lastSequence", file.lastSequence());
        json.writeNumberField("epoch", file.epoch());
        json.writeEndObject();
    }
}
