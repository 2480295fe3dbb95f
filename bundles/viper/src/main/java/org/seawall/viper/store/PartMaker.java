package org.seawall.viper.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.manifest.TypedColumn;
import org.seawall.viper.part.PageTable;
import org.seawall.viper.part.PartColumn;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.part.PartWriter;
import org.seawall.viper.part.Row;
import org.seawall.viper.sidecar.Sidecar;
import org.seawall.viper.sidecar.SidecarBuilder;
import org.seawall.viper.sidecar.SidecarFile;

/** Writes one part and its sidecar in one pass over its rows. For one thread. */
final class PartMaker {
    private final StoreFiles files;
    private final String name;
    private final int dimension;
    private final Metric metric;
    private final List<PartColumn> columns;
    private long firstSequence = Long.MAX_VALUE;
    private long lastSequence;
    private long lastVector;
    private long firstExpiry;
    private long lastExpiry;
    private boolean immortal;
    private int rows;

    /**
     * @param like whose dimension and metric it has
     * @param columns of which it has those that are declared
     */
    PartMaker(StoreFiles files, String name, Manifest like, List<TypedColumn> columns) {
        this.files = files;
        this.name = name;
        this.dimension = like.dimension();
        this.metric = like.metric();
        this.columns = columns.stream()
                .filter(TypedColumn::declared)
                .map(column -> new PartColumn(column.id(), column.column(), false))
                .toList();
    }

    /**
     * Writes both files. On return they are durable; they are nothing before a manifest names them.
     *
     * @param source the rows
     * @return the part, or empty if there is no row
     * @throws IOException if the storage fails; what is left is garbage
     */
    Optional<PartEntry> make(PartSource source) throws IOException {
        SidecarBuilder builder = new SidecarBuilder(metric, source.centre(dimension), StoreFiles.SEED);
        try (PartWriter writer = new PartWriter(files.files(), files.part(name), dimension, columns)) {
            PartSource.Sink sink = row -> {
                note(row);
                writer.add(row);
                builder.add(row);
            };
            source.withVectors(sink);
            source.withoutVectors(sink);
            if (rows == 0) {
                return Optional.empty();
            }
            writer.finish();
        }
        Sidecar sidecar = builder.build(pages());
        SidecarFile.write(files.files(), files.sidecar(name), sidecar);
        PageTable pages = sidecar.pages();
        return Optional.of(new PartEntry(
                name,
                pages.rows(),
                pages.vectors(),
                pages.fileBytes(),
                firstSequence,
                lastSequence,
                firstExpiry,
                immortal ? 0 : lastExpiry,
                "",
                0));
    }

    private void note(Row row) {
        boolean vector = row.vector().length > 0;
        if (vector && row.sequence() <= lastVector) {
            throw new IllegalArgumentException("vectors out of the order of their sequences, sequence=" + row.sequence()
                    + ", before=" + lastVector + ", id=" + row.id());
        }
        lastVector = vector ? row.sequence() : lastVector;
        firstSequence = Math.min(firstSequence, row.sequence());
        lastSequence = Math.max(lastSequence, row.sequence());
        long expiry = row.entry().expiresAtMillis();
        immortal |= expiry == 0;
        if (expiry != 0) {
            firstExpiry = firstExpiry == 0 ? expiry : Math.min(firstExpiry, expiry);
            lastExpiry = Math.max(lastExpiry, expiry);
        }
        rows++;
    }

    /** Read back from the file: what is not readable is noticed before it is committed. */
    private PageTable pages() throws IOException {
        FileInput input = files.files().open(files.part(name));
        try (PartReader reader = PartReader.open(input)) {
            return reader.table();
        }
    }
}
