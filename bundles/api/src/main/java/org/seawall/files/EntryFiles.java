package org.seawall.files;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.catalog.CollectionSpec;

/**
 * A kind of file that entries are read from and written into. One service per kind, with the service property {@link #ENDINGS}; whoever
 * ingests or exports takes the one of the file's ending. Safe for use by several threads.
 */
@ConsumerType
public interface EntryFiles {
    /** Service property: the endings of file names, each in lower case and with its dot, such as {@code .parquet}. */
    String ENDINGS = "file.endings";

    /**
     * Opens a file to be read.
     *
     * @param file the file
     * @param spec the collection that the entries are for
     * @return its entries
     * @throws MalformedFileException if it is not of the kind, or not for such a collection; names what is wrong and what was expected
     * @throws IOException if it cannot be read
     */
    EntryInput open(Path file, CollectionSpec spec) throws IOException;

    /**
     * Begins a new file. It has its name when it is {@linkplain EntryOutput#finish finished}, and is nothing before.
     *
     * @param file the file; one that is there is replaced at the end
     * @param spec the collection that the entries are of
     * @return takes them
     * @throws IllegalArgumentException if the kind cannot hold such entries; names why
     * @throws IOException if it cannot be written
     */
    EntryOutput create(Path file, CollectionSpec spec) throws IOException;
}
