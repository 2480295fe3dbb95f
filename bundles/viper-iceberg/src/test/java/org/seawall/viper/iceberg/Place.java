package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.TypedColumn;
import org.seawall.viper.part.Row;
import org.seawall.viper.store.PartSource;
import org.seawall.viper.store.RowBatch;
import org.seawall.viper.store.StoreSettings;
import org.seawall.viper.store.StoreView;
import org.seawall.viper.store.VectorStore;

/** A store and its table: what a test flushes into the one, publishes, and reads from the other. */
final class Place {
    static final int DIMENSION = 8;
    static final Location ROOT = Location.parse("memory:/viper");
    static final Namespace NAMESPACE = Namespace.of("vectors");

    private static final String NAME = "docs";

    final FileSystem files;
    final CollectionInfo collection;
    final Location store;
    final CatalogSettings settings;

    Place(FileSystem files, Path catalog) {
        this(files, catalog, new UUID(1, 1));
    }

    Place(FileSystem files, Path catalog, UUID id) {
        this(files, catalog, id, NAME);
    }

    Place(FileSystem files, Path catalog, UUID id, String name) {
        this(
                files,
                new CollectionInfo(
                        id, CollectionSpec.vectors(name, DIMENSION, Metric.COSINE), Instant.EPOCH, Instant.EPOCH),
                new CatalogSettings(
                        false,
                        "seawall",
                        "jdbc:sqlite:" + catalog.resolve("catalog.db"),
                        ROOT.child("iceberg"),
                        NAMESPACE,
                        Map.of()));
    }

    private Place(FileSystem files, CollectionInfo collection, CatalogSettings settings) {
        this.files = files;
        this.collection = collection;
        this.store = ROOT.child(collection.id().toString());
        this.settings = settings;
    }

    /** The same through another file system. */
    Place through(FileSystem other) {
        return new Place(other, collection, settings);
    }

    /** The same in another catalog. */
    Place at(CatalogSettings other) {
        return new Place(files, collection, other);
    }

    VectorStore open(long epoch) throws IOException {
        return open(epoch, StoreSettings.DEFAULT);
    }

    VectorStore open(long epoch, StoreSettings limits) throws IOException {
        return VectorStore.open(files, store, DIMENSION, Metric.COSINE, epoch, limits, damage -> {
            throw new AssertionError("damaged sidecar", damage);
        });
    }

    /** Puts and deletes in one flush, each put with the next sequence. */
    static void flush(VectorStore store, List<String> puts, List<String> deletes) throws IOException {
        flush(store, "", puts, deletes);
    }

    /** The same with typed columns from now on. */
    static void flush(VectorStore store, String columns, List<String> puts, List<String> deletes) throws IOException {
        long after = store.flushed();
        List<Row> rows = new ArrayList<>();
        for (String id : puts) {
            rows.add(row(id, after + rows.size() + 1));
        }
        store.flush(new RowBatch(
                after, after + puts.size() + deletes.size(), Column.parse(columns), PartSource.of(rows), deletes));
    }

    private static Row row(String id, long sequence) {
        Map<String, Object> metadata = sequence % 3 == 0
                ? Map.of()
                : Map.of(
                        "text",
                        "row " + id + " é",
                        "number",
                        sequence,
                        "half",
                        sequence / 2.0,
                        "odd",
                        sequence % 2 == 1);
        Entry entry = Entry.vector(id, vector(sequence)).withMetadata(metadata);
        return new Row(
                sequence % 5 == 0 ? entry.withExpiry(Instant.ofEpochMilli(4_000_000_000_000L + sequence)) : entry,
                sequence);
    }

    static float[] vector(long sequence) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) Math.sin(sequence * 0.7 + i);
        }
        return vector;
    }

    Tables tables() throws IOException {
        return Tables.open(settings, files);
    }

    OptionalLong publish() throws IOException {
        try (Tables tables = tables()) {
            return publisher(tables, "main").publish(collection, store);
        }
    }

    TablePublisher publisher(Tables tables, String holder) {
        return new TablePublisher(files, tables.catalog(), NAMESPACE, settings.warehouse(), holder);
    }

    static Table table(Tables tables) {
        return tables.catalog().loadTable(TableIdentifier.of(NAMESPACE, NAME));
    }

    /** All that the table has, by id, as text. */
    Map<String, String> shown() throws IOException {
        try (Tables tables = tables()) {
            Table table = table(tables);
            Snapshot newest = table.currentSnapshot();
            // between its creation and the first commit there is none
            return newest == null ? Map.of() : rows(table, newest.snapshotId());
        }
    }

    /** Reads a snapshot by Iceberg's own scan and reader. */
    Map<String, String> rows(Table table, long snapshot) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table).useSnapshot(snapshot).build()) {
            for (Record record : records) {
                Map<Object, Object> metadata = new TreeMap<>((Map<?, ?>) record.getField("metadata"));
                for (Types.NestedField field : table.schema().columns()) {
                    Object value = field.fieldId() < TypedColumn.FIRST_ID ? null : record.getField(field.name());
                    if (value != null) {
                        metadata.put(field.name(), value);
                    }
                }
                OffsetDateTime expiry = (OffsetDateTime) record.getField("expires_at");
                add(
                        (String) record.getField("id"),
                        record.getField("sequence") + " " + record.getField("version") + " "
                                + record.getField("vector") + " " + metadata + " "
                                + (expiry == null ? 0 : expiry.toInstant().toEpochMilli()),
                        rows);
            }
        }
        return rows;
    }

    /** All that the store has, by id, as the same text. */
    static Map<String, String> held(VectorStore store) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (StoreView view = store.view()) {
            view.scan(0, row -> add(row, rows));
        }
        return rows;
    }

    private static void add(Row row, Map<String, String> rows) {
        add(
                row.id(),
                row.sequence() + " " + row.version() + " " + Arrays.toString(row.vector()) + " "
                        + new TreeMap<>(row.metadata()) + " " + row.entry().expiresAtMillis(),
                rows);
    }

    private static void add(String id, String row, Map<String, String> rows) {
        assertEquals(null, rows.put(id, row), "twice: " + id);
    }
}
