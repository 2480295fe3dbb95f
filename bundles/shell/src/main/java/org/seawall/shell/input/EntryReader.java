package org.seawall.shell.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.MalformedFileException;

/** The entries of a file in their order, each read when it is asked for. For one thread. */
public interface EntryReader extends AutoCloseable {
    /**
     * Reads the next row.
     *
     * @return its entry, or empty at the end of the file
     * @throws MalformedFileException if the row is not one for the collection; what was read before stays good
     */
    Optional<Entry> next() throws IOException;

    /** How many rows were read or skipped. */
    long rows();

    /** How many bytes were read or skipped. */
    long position();

    /** The file's length in bytes. */
    long size();

    /**
     * Moves behind the row that became an entry, so that the next one to read is the row after it.
     *
     * @param newest the newest entry of the collection that this file was going into
     * @throws MalformedFileException if no row of the file is that entry
     */
    void skipThrough(Entry newest) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens a file by the end of its name.
     *
     * @param file a file that ends in .fvecs, .npy or .jsonl
     * @param spec the collection that the entries are for
     */
    static EntryReader open(Path file, CollectionSpec spec) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl")) {
            return new JsonlReader(file, spec);
        }
        if (!name.endsWith(".fvecs") && !name.endsWith(".npy")) {
            throw new MalformedFileException("unknown kind of file, expected .fvecs, .npy or .jsonl", file);
        }
        if (spec.holdsPayloads()) {
            throw new MalformedFileException("vectors for a collection of payloads, collection=" + spec.name(), file);
        }
        return new VectorReader(file, spec.dimension());
    }
}
