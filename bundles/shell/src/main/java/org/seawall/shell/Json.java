package org.seawall.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import org.seawall.CollectionStatus;
import org.seawall.DirectoryStatus;
import org.seawall.LogStatus;
import org.seawall.LogUsage;
import org.seawall.Recovery;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.shell.output.EntryJson;

/** How values are written as JSON. */
final class Json {
    // no recycling: Jackson's buffers would stay with the shell's threads after the bundle has gone
    static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Json() {}

    /** The fields of a collection, into an object that is open. */
    static void collection(JsonGenerator json, CollectionInfo collection) throws IOException {
        CollectionSpec spec = collection.spec();
        json.writeStringField("name", spec.name());
        json.writeStringField("id", collection.id().toString());
        json.writeStringField("kind", spec.holdsPayloads() ? "payloads" : "vectors");
        if (!spec.holdsPayloads()) {
            json.writeNumberField("dimension", spec.dimension());
            json.writeStringField("metric", Text.lower(spec.metric()));
        }
        json.writeStringField("description", spec.description());
        json.writeStringField("owner", spec.owner());
        EntryJson.values(json, "tags", spec.tags());
        EntryJson.values(json, "settings", spec.settings());
        json.writeStringField("created", collection.created().toString());
        json.writeStringField("updated", collection.updated().toString());
    }

    static void status(JsonGenerator json, LogStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("log", status.name());
        json.writeStringField("state", Text.lower(status.state()));
        json.writeStringField("detail", status.detail());
        json.writeStringField("url", status.url());
        json.writeStringField("serializer", status.serializer());
        json.writeStringField("strategy", status.strategy());
        json.writeArrayFieldStart("directories");
        for (DirectoryStatus directory : status.directories()) {
            json.writeStartObject();
            json.writeStringField("url", directory.url());
            json.writeStringField("state", Text.lower(directory.state()));
            json.writeStringField("detail", directory.detail());
            json.writeNumberField("collections", directory.collections());
            json.writeNumberField("bytes", directory.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        usage(json, status.usage());
        json.writeArrayFieldStart("collections");
        for (CollectionStatus collection : status.collections()) {
            json.writeStartObject();
            json.writeStringField("name", collection.name());
            json.writeStringField("id", collection.id());
            status(json, collection);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, LogUsage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("inFlightBytes", usage.inFlightBytes());
        json.writeNumberField("inFlightSoftBytes", usage.inFlightSoftBytes());
        json.writeNumberField("inFlightLimitBytes", usage.inFlightLimitBytes());
        json.writeNumberField("memoryBytes", usage.memoryBytes());
        json.writeNumberField("memorySoftBytes", usage.memorySoftBytes());
        json.writeNumberField("memoryLimitBytes", usage.memoryLimitBytes());
        json.writeNumberField("heldAppends", usage.heldAppends());
        json.writeEndObject();
    }

    /** The fields of a collection's state, into an object that is open. */
    static void status(JsonGenerator json, CollectionStatus status) throws IOException {
        json.writeStringField("url", status.url());
        json.writeStringField("state", Text.lower(status.state()));
        json.writeStringField("detail", status.detail());
        json.writeNumberField("epoch", status.epoch());
        json.writeNumberField("lastSequence", status.lastSequence());
        json.writeNumberField("flushedSequence", status.flushedSequence());
        json.writeNumberField("liveEntries", status.liveEntries());
        json.writeNumberField("memoryBytes", status.memoryBytes());
        json.writeNumberField("activeSegment", status.activeSegment());
        json.writeNumberField("activeBytes", status.activeBytes());
        json.writeNumberField("logBytes", status.logBytes());
        json.writeNumberField("snapshots", status.snapshots());
        json.writeNumberField("compactions", status.compactions());
        json.writeObjectFieldStart("progress");
        json.writeNumberField("readBytes", status.progress().readBytes());
        json.writeNumberField("totalBytes", status.progress().totalBytes());
        json.writeEndObject();
        Recovery recovery = status.recovery();
        if (recovery == null) {
            return;
        }
        json.writeObjectFieldStart("recovery");
        json.writeStringField("verdict", Text.lower(recovery.verdict()));
        json.writeStringField("detail", recovery.detail());
        json.writeNumberField("segments", recovery.segments());
        json.writeNumberField("batches", recovery.batches());
        json.writeNumberField("entries", recovery.entries());
        json.writeNumberField("bytes", recovery.bytes());
        json.writeNumberField("millis", recovery.millis());
        json.writeEndObject();
    }
}
