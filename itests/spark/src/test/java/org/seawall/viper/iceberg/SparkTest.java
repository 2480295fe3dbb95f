package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.Entry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.store.PartSource;
import org.seawall.viper.store.RowBatch;
import org.seawall.viper.store.StoreSettings;
import org.seawall.viper.store.StoreView;
import org.seawall.viper.store.VectorStore;

/** Spark reads the table of a store on a disk, and sees it change. */
class SparkTest {
    private static final int DIMENSION = 32;
    private static final int ROWS = 5_000;
    private static final String TABLE = "seawall.vectors.docs";

    @Test
    void sparkReadsWhatTheStoreHolds(@TempDir Path home) throws IOException {
        LocalFileSystem files = new LocalFileSystem(0);
        CollectionInfo collection = new CollectionInfo(
                UUID.randomUUID(),
                CollectionSpec.vectors("docs", DIMENSION, Metric.COSINE),
                Instant.EPOCH,
                Instant.EPOCH);
        Location root = Location.parse(home.resolve("viper").toString());
        CatalogSettings settings = new CatalogSettings(
                false,
                "seawall",
                "jdbc:sqlite:" + home.resolve("catalog.db"),
                root.child("iceberg"),
                Namespace.of("vectors"),
                Map.of());
        Location place = root.child(collection.id().toString());
        try (VectorStore store =
                        VectorStore.open(files, place, DIMENSION, Metric.COSINE, 1, StoreSettings.DEFAULT, e -> {
                            throw new AssertionError("damaged sidecar", e);
                        });
                Tables tables = Tables.open(settings, files);
                SparkSession spark = spark(home, settings)) {
            TablePublisher publisher =
                    new TablePublisher(files, tables.catalog(), settings.namespace(), settings.warehouse(), "main");
            flush(store, 0, ROWS, List.of());
            publisher.publish(collection, place);
            assertEquals(held(store), read(spark));
            assertEquals(held(store), scanned(tables));

            // a third is replaced, some are deleted
            flush(store, 0, ROWS / 3, List.of("id-4000", "id-4001", "id-4999"));
            publisher.publish(collection, place);
            assertEquals(held(store), read(spark));
            assertEquals(held(store), scanned(tables));
            assertEquals(
                    ROWS - 3, spark.sql("SELECT count(*) FROM " + TABLE).head().getLong(0));

            assertEquals(
                    ROWS / 3,
                    spark.sql("SELECT count(number) FROM " + TABLE).head().getLong(0));

            store.compact(
                    store.manifest().parts().stream().map(part -> part.name()).toList(), 0);
            publisher.publish(collection, place);
            assertEquals(held(store), read(spark));
            assertEquals(held(store), scanned(tables));

            float[] query = vector(17);
            StringBuilder components = new StringBuilder();
            for (float component : query) {
                components.append(components.isEmpty() ? "" : ",").append(component);
            }
            // the inner product, in Spark's own words
            Row nearest = spark.sql(
                            "SELECT id FROM " + TABLE + " ORDER BY aggregate(zip_with(vector, array(" + components
                                    + "), (a, b) -> a * cast(b AS float)), cast(0 AS double), (sum, x) -> sum + x) DESC LIMIT 1")
                    .head();
            assertEquals("id-17", nearest.getString(0));
        }
    }

    private static SparkSession spark(Path home, CatalogSettings settings) {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.warehouse.dir", home.resolve("spark").toString())
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.seawall", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.seawall.type", "jdbc")
                .config("spark.sql.catalog.seawall.uri", settings.uri())
                .config(
                        "spark.sql.catalog.seawall.warehouse",
                        settings.warehouse().toString())
                .config("spark.sql.catalog.seawall.cache-enabled", "false")
                .getOrCreate();
    }

    private static void flush(VectorStore store, int from, int to, List<String> deleted) throws IOException {
        long after = store.flushed();
        List<org.seawall.viper.part.Row> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Entry entry = Entry.vector("id-" + i, vector(i))
                    .withMetadata(Map.of("text", "row " + i + " é", "number", (long) i))
                    .withTimestamp(Instant.ofEpochMilli(1_700_000_000_000L + i));
            rows.add(new org.seawall.viper.part.Row(
                    i % 7 == 0 ? entry.withExpiry(Instant.ofEpochMilli(4_000_000_000_000L + i)) : entry,
                    after + rows.size() + 1));
        }
        store.flush(new RowBatch(
                after,
                after + rows.size() + deleted.size(),
                // from the second flush on
                after == 0 ? List.of() : Column.parse("number:long"),
                PartSource.of(rows),
                deleted));
    }

    private static float[] vector(int number) {
        float[] vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) Math.sin((number + 1) * 0.7 * (i + 1));
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static Map<String, String> read(SparkSession spark) {
        Map<String, String> rows = new TreeMap<>();
        for (Row row : spark.sql("SELECT id, vector, metadata, timestamp, expires_at, sequence, version, "
                        + (typed(spark) ? "number" : "null") + " FROM " + TABLE)
                .collectAsList()) {
            Timestamp expiry = row.getTimestamp(4);
            String before = rows.put(
                    row.getString(0),
                    row.getList(1) + " " + metadata(row) + " "
                            + row.getTimestamp(3).getTime() + " " + (expiry == null ? 0 : expiry.getTime()) + " "
                            + row.getLong(5) + " " + row.getLong(6));
            assertEquals(null, before, "twice: " + row.getString(0));
        }
        return rows;
    }

    /** By Iceberg's own scan and reader, through the log's file system. */
    private static Map<String, String> scanned(Tables tables) throws IOException {
        Table table = tables.catalog().loadTable(TableIdentifier.of(Namespace.of("vectors"), "docs"));
        Map<String, String> rows = new TreeMap<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record row : records) {
                Map<Object, Object> metadata = new TreeMap<>((Map<?, ?>) row.getField("metadata"));
                Object number = table.schema().findField("number") == null ? null : row.getField("number");
                if (number != null) {
                    metadata.put("number", number);
                }
                String before = rows.put(
                        (String) row.getField("id"),
                        row.getField("vector") + " " + metadata + " " + millis(row.getField("timestamp")) + " "
                                + millis(row.getField("expires_at")) + " " + row.getField("sequence") + " "
                                + row.getField("version"));
                assertEquals(null, before, "twice: " + row.getField("id"));
            }
        }
        return rows;
    }

    private static long millis(Object moment) {
        return moment == null ? 0 : ((OffsetDateTime) moment).toInstant().toEpochMilli();
    }

    private static boolean typed(SparkSession spark) {
        return Arrays.asList(spark.table(TABLE).columns()).contains("number");
    }

    private static Map<String, Object> metadata(Row row) {
        Map<String, Object> metadata = new TreeMap<>(row.<String, String>getJavaMap(2));
        if (!row.isNullAt(7)) {
            metadata.put("number", row.getLong(7));
        }
        return metadata;
    }

    private static Map<String, String> held(VectorStore store) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (StoreView view = store.view()) {
            view.scan(
                    0,
                    row -> rows.put(
                            row.id(),
                            Arrays.toString(row.vector()) + " " + new TreeMap<>(row.metadata()) + " "
                                    + row.entry().timestampMillis() + " "
                                    + row.entry().expiresAtMillis() + " " + row.sequence()
                                    + " " + row.version()));
        }
        return rows;
    }
}
