package org.seawall.shell;

import org.seawall.LoggedEntry;
import org.seawall.shell.output.EntryJson;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentHeader;

/** A segment file for programs: an object a line, told apart by its field {@code type}. */
final class DumpJson implements DumpPrinter {
    private final Output out;
    private final boolean entries;

    DumpJson(Output out, boolean entries) {
        this.out = out;
        this.entries = entries;
    }

    @Override
    public void header(FileInput input, String format, SegmentHeader header) {
        out.json(json -> {
            json.writeStartObject();
            json.writeStringField("type", "header");
            json.writeStringField("file", input.location().toString());
            json.writeNumberField("bytes", input.size());
            json.writeStringField("format", format);
            json.writeStringField("collection", header.collection());
            json.writeNumberField("segment", header.segment());
            json.writeNumberField("epoch", header.epoch());
            json.writeNumberField("firstSequence", header.firstSequence());
            if (header.covers().isPresent()) {
                Coverage covers = header.covers().get();
                json.writeObjectFieldStart("covers");
                json.writeNumberField("firstSegment", covers.firstSegment());
                json.writeStringField("firstChain", String.format("%08x", covers.firstChain()));
                json.writeNumberField("lastSequence", covers.lastSequence());
                if (covers.entries() != Coverage.UNKNOWN) {
                    json.writeNumberField("entries", covers.entries());
                }
                if (covers.flushed() > 0) {
                    json.writeNumberField("flushed", covers.flushed());
                }
                json.writeEndObject();
            }
            json.writeStringField("created", Text.time(header.createdMillis()));
            json.writeStringField("predecessor", header.predecessor());
            json.writeStringField("predecessorChain", String.format("%08x", header.predecessorChain()));
            json.writeStringField("successor", header.successor());
            json.writeEndObject();
        });
    }

    @Override
    public void batch(long offset, FrameRead.Frame frame) {
        long first = frame.header().firstSequence();
        int size = frame.batch().count();
        out.json(json -> {
            json.writeStartObject();
            json.writeStringField("type", "batch");
            json.writeNumberField("offset", offset);
            json.writeNumberField("length", frame.length());
            json.writeNumberField("epoch", frame.header().epoch());
            json.writeNumberField("firstSequence", first);
            json.writeNumberField("lastSequence", first + size - 1);
            json.writeNumberField("durableSequence", frame.header().durableSequence());
            if (frame.header().writtenMillis() != 0) {
                json.writeStringField("written", Text.time(frame.header().writtenMillis()));
            }
            json.writeStringField("writer", frame.header().writer());
            json.writeStringField("crc32c", String.format("%08x", frame.checksum()));
            if (entries) {
                json.writeArrayFieldStart("entries");
                for (int i = 0; i < size; i++) {
                    EntryJson.write(
                            json, new LoggedEntry(first + i, frame.batch().entry(i)));
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    @Override
    public void zeroes(long offset, long length) {
        out.json(json -> {
            json.writeStartObject();
            json.writeStringField("type", "zeroes");
            json.writeNumberField("offset", offset);
            json.writeNumberField("length", length);
            json.writeEndObject();
        });
    }

    @Override
    public void damage(long offset, FrameRead.Damage damage) {
        out.json(json -> {
            json.writeStartObject();
            json.writeStringField("type", "damage");
            json.writeNumberField("offset", offset);
            json.writeNumberField("length", damage.length());
            json.writeStringField("fact", damage.fact());
            json.writeStringField("expected", damage.expected());
            json.writeStringField("actual", damage.actual());
            json.writeEndObject();
        });
    }

    @Override
    public void end() {
        // the last line is the last object
    }
}
