package org.seawall.viper.iceberg;

import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.seawall.viper.manifest.TypedColumn;

/** A table as it is created: the columns of a part under their field ids, and what tells whose it is. */
final class PartTable {
    /** Property of a table: the directory of the store that it shows. */
    static final String STORE = "seawall.store";

    /** Property of a table: the collection's id. */
    static final String COLLECTION = "seawall.collection-id";

    /** Of a snapshot: the version of the manifest that it shows. */
    static final String VERSION = "seawall.manifest-version";

    /** Of a snapshot: the commit's id in that manifest, which tells two histories apart. */
    static final String COMMIT = "seawall.manifest-commit";

    /** Of a snapshot: up to which sequence the log is flushed in it. */
    static final String FLUSHED = "seawall.flushed-sequence";

    /** Of a snapshot: the epoch of the store's writer. */
    static final String EPOCH = "seawall.epoch";

    /** The field id of the column {@code sequence}. */
    static final int SEQUENCE = 11;

    private static final int ANY = 100;

    /** The first column. A new table numbers its columns anew, one behind the other, so the others are added in their order. */
    static final Schema FIRST = new Schema(required(1, "id", Types.StringType.get()));

    /**
     * What every table is set to. {@code gc.enabled}: the data files are the store's, so nobody else may delete them. No retries: a change is
     * made for one state of the table, and made anew for another.
     */
    static final Map<String, String> PROPERTIES = Map.of(
            "format-version",
            "3",
            "gc.enabled",
            "false",
            "commit.retry.num-retries",
            "0",
            "write.metadata.delete-after-commit.enabled",
            "true",
            "write.metadata.previous-versions-max",
            "10");

    private PartTable() {}

    /**
     * Creates a table with the columns of a part under the field ids that they have in the files; bundles/viper/FORMAT.md says what is in them.
     *
     * @param creation of a table with the first column
     */
    static void create(Transaction creation) {
        Type text = Types.StringType.get();
        creation.updateSchema()
                .allowIncompatibleChanges()
                .addRequiredColumn("vector", Types.ListType.ofRequired(ANY, Types.FloatType.get()))
                .addRequiredColumn("metadata", Types.MapType.ofRequired(ANY, ANY + 1, text, text))
                .addRequiredColumn("metadata_types", text)
                .addColumn("payload", Types.BinaryType.get())
                .addRequiredColumn("timestamp", Types.TimestampType.withZone())
                .addColumn("expires_at", Types.TimestampType.withZone())
                .addRequiredColumn("sequence", Types.LongType.get())
                .addRequiredColumn("version", Types.LongType.get())
                .commit();
        int sequence = creation.table().schema().findField("sequence").fieldId();
        if (sequence != SEQUENCE) {
            throw new IllegalStateException("columns are not numbered as those of a part, expected=" + SEQUENCE
                    + ", actual=" + sequence + ", table=" + creation.table().name());
        }
        creation.commitTransaction();
    }

    /**
     * Adds the typed columns that a table does not have yet, in the order of their ids, which is that in which a table numbers them. None is
     * ever taken out: parts that have it may be there.
     *
     * @throws IllegalStateException if the table has other columns there
     */
    static void add(Table table, List<TypedColumn> columns) {
        List<TypedColumn> missing = columns.stream()
                .filter(column -> table.schema().findField(column.id()) == null)
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Transaction change = table.newTransaction();
        UpdateSchema schema = change.updateSchema();
        missing.forEach(column -> schema.addColumn(column.column().name(), type(column)));
        schema.commit();
        for (TypedColumn column : columns) {
            Types.NestedField there = change.table().schema().findField(column.id());
            if (there == null
                    || !there.name().equals(column.column().name())
                    || !there.type().equals(type(column))) {
                throw new IllegalStateException("columns are not numbered as those of a part, expected=" + column.id()
                        + " " + column.column() + ", actual=" + there + ", table=" + table.name());
            }
        }
        change.commitTransaction();
    }

    private static Type type(TypedColumn column) {
        return switch (column.column().type()) {
            case STRING -> Types.StringType.get();
            case LONG -> Types.LongType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
        };
    }
}
