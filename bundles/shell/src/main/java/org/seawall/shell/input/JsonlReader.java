package org.seawall.shell.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryInput;
import org.seawall.files.MalformedFileException;
import org.seawall.files.MalformedFileException.Place;

/** Entries of a {@code .jsonl} file, an object each. */
public final class JsonlReader implements EntryInput {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            // read, so that the error names the value and not a switch of the parser
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path file;
    private final CollectionSpec spec;
    private final long size;
    private final JsonParser parser;
    private long row;

    /**
     * Opens a file.
     *
     * @param file the file
     * @param spec the collection that the entries are for
     */
    public JsonlReader(Path file, CollectionSpec spec) throws IOException {
        this.file = file;
        this.spec = spec;
        this.size = Files.size(file);
        this.parser = FACTORY.createParser(Files.newInputStream(file));
    }

    @Override
    public Optional<Entry> next() throws IOException {
        Place place = new Place(row, position());
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return Optional.empty();
            }
            place = new Place(row, parser.currentTokenLocation().getByteOffset());
            if (token != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not an object, found=" + token);
            }
            Entry entry = new JsonEntry(parser, spec.dimension()).read();
            check(entry);
            row++;
            return Optional.of(entry);
        } catch (JsonProcessingException e) {
            String where = ", line=" + e.getLocation().getLineNr() + ", column="
                    + e.getLocation().getColumnNr();
            throw (IOException)
                    new MalformedFileException("not readable: " + e.getOriginalMessage() + where, place, file)
                            .initCause(e);
        } catch (IllegalArgumentException e) {
            throw (IOException) new MalformedFileException(e.getMessage(), place, file).initCause(e);
        }
    }

    @Override
    public long rows() {
        return row;
    }

    @Override
    public long position() {
        return Math.max(0, parser.currentLocation().getByteOffset());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void skipThrough(Entry newest) throws IOException {
        if (newest.id().isEmpty()) {
            throw new MalformedFileException("newest entry has no id to go on from", file);
        }
        Optional<Entry> entry = next();
        while (entry.isPresent() && !isRow(newest, entry.get())) {
            entry = next();
        }
        if (entry.isEmpty()) {
            throw new MalformedFileException("newest entry is no row of the file, id=" + newest.id(), file);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private void check(Entry entry) {
        int dimension = entry.vector().length;
        boolean delete = entry.operation() == Operation.DELETE;
        if (!delete && dimension != spec.dimension()) {
            throw new IllegalArgumentException(
                    "foreign dimension, expected=" + spec.dimension() + ", actual=" + dimension);
        }
    }

    // the log sets what the row leaves open, so times are not compared
    private static boolean isRow(Entry logged, Entry row) {
        return logged.id().equals(row.id())
                && logged.operation() == row.operation()
                && Arrays.equals(logged.vector(), row.vector())
                && Arrays.equals(logged.payload(), row.payload())
                && logged.metadata().equals(row.metadata());
    }
}
