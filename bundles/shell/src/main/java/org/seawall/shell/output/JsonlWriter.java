package org.seawall.shell.output;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.file.Path;
import org.seawall.LoggedEntry;
import org.seawall.files.EntryOutput;

/** Entries as they are, an object a line, which {@link org.seawall.shell.input.JsonlReader} reads back without a difference. For one thread. */
public final class JsonlWriter implements EntryOutput {
    // no recycling: Jackson's buffers would stay with the shell's threads after the bundle has gone
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            // a number is a number, also where it is none
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private final NewFile output;
    private final JsonGenerator json;
    private long bytes;

    /**
     * Begins a file.
     *
     * @param file the file
     */
    public JsonlWriter(Path file) throws IOException {
        this.output = new NewFile(file);
        this.json = FACTORY.createGenerator(output.bytes(), JsonEncoding.UTF8);
        json.setRootValueSeparator(new SerializedString(""));
    }

    @Override
    public void add(LoggedEntry entry) throws IOException {
        EntryJson.write(json, entry);
        json.writeRaw('\n');
        bytes += 100 + 10L * entry.entry().vector().length + entry.entry().payload().length;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long finish() throws IOException {
        json.flush();
        return output.finish();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
