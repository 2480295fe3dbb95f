package org.seawall.viper.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.relocated.com.google.common.util.concurrent.MoreExecutors;
import org.seawall.catalog.CollectionInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.Holds;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.ManifestLog;
import org.seawall.viper.manifest.PartEntry;

/**
 * Brings tables to the newest manifests of their stores: a snapshot for each manifest that is published, which names the parts as they are and a deletion
 * vector for each part with deleted rows. For one thread; others, in other processes too, may publish the same store at the same time:
 * one of them commits, and the others find it done.
 *
 * <p>The newest snapshot and the one before hold their manifests, so what they name is not collected.
 */
final class TablePublisher {
    private static final int ATTEMPTS = 10;

    private final FileSystem files;
    private final Catalog catalog;
    private final Namespace namespace;
    private final Location warehouse;
    private final String holder;

    /**
     * A publisher.
     *
     * @param files where the stores are, and the tables' own files
     * @param catalog where tables are found by name; its files are those
     * @param namespace of all tables; is there
     * @param warehouse the directory of the tables' own files
     * @param holder the name under which manifests are held; nobody else's
     */
    TablePublisher(FileSystem files, Catalog catalog, Namespace namespace, Location warehouse, String holder) {
        this.files = files;
        this.catalog = catalog;
        this.namespace = namespace;
        this.warehouse = warehouse;
        this.holder = holder;
    }

    /**
     * Publishes a collection. On return its table shows the newest manifest, durably and to everybody. Repeated, also after any
     * failure or death, it does the rest, or nothing.
     *
     * @param collection the collection
     * @param store the directory of its store
     * @return the version of the manifest that the table shows; empty if the store has none yet
     * @throws IllegalStateException if the table shows a later manifest than there is, or one of another history, or is another
     *     store's: it is left alone
     * @throws IOException if the storage fails
     * @throws RuntimeException if the catalog fails, or another publisher was faster
     */
    OptionalLong publish(CollectionInfo collection, Location store) throws IOException {
        ManifestLog log = new ManifestLog(files, store.child("manifests"));
        Holds holds = new Holds(files, store);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Manifest> newest = log.newest();
            if (newest.isEmpty()) {
                return OptionalLong.empty();
            }
            long version = newest.get().version();
            holds.add(holder, version);
            if (log.versions().contains(version)) {
                Table table = table(collection, store);
                show(table, newest.get(), store);
                tidy(table, log, holds);
                if (log.versions().contains(version)) {
                    return OptionalLong.of(version);
                }
            }
        }
        throw new IOException("manifests go faster than they are published, attempts=" + ATTEMPTS + ", store=" + store);
    }

    /** The table of a collection; one of a collection that was dropped and had the same name makes way. */
    private Table table(CollectionInfo collection, Location store) throws IOException {
        TableIdentifier name = TableIdentifier.of(namespace, collection.name());
        if (catalog.tableExists(name)) {
            Table table = catalog.loadTable(name);
            String shown = table.properties().getOrDefault(PartTable.STORE, "");
            if (shown.equals(store.toString())) {
                return table;
            }
            if (!shown.startsWith(store.parent() + "/")) {
                throw new IllegalStateException("table of another store has the name, expected=" + store + ", actual="
                        + shown + ", table=" + name);
            }
            drop(name, table);
        }
        Map<String, String> properties = new HashMap<>(PartTable.PROPERTIES);
        properties.put(PartTable.STORE, store.toString());
        properties.put(PartTable.COLLECTION, collection.id().toString());
        properties.put("seawall.dimension", Integer.toString(collection.spec().dimension()));
        properties.put("seawall.metric", collection.spec().metric().name());
        PartTable.create(catalog.buildTable(name, PartTable.FIRST)
                .withLocation(warehouse.child(collection.id().toString()).toString())
                .withProperties(properties)
                .createTransaction());
        return catalog.loadTable(name);
    }

    /**
     * Drops tables of collections that are gone, with the tables' own files.
     *
     * @param root where the stores of the log are
     * @param present the ids of all its collections
     * @return the names of the tables that were dropped
     * @throws IllegalStateException if the store of such a collection is still there, so that it may be another log's; its table stays,
     *     and the others are dropped: repeat it
     * @throws IOException if the storage fails; repeat it
     * @throws RuntimeException if the catalog fails; repeat it
     */
    List<String> dropOthers(Location root, Set<UUID> present) throws IOException {
        List<String> dropped = new ArrayList<>();
        List<String> staying = new ArrayList<>();
        for (TableIdentifier name : catalog.listTables(namespace)) {
            Table table = catalog.loadTable(name);
            String store = table.properties().getOrDefault(PartTable.STORE, "");
            String id = table.properties().getOrDefault(PartTable.COLLECTION, "");
            boolean ours = store.equals(root + "/" + id);
            boolean gone =
                    ours && present.stream().noneMatch(other -> other.toString().equals(id));
            if (gone
                    && !new ManifestLog(files, Location.parse(store).child("manifests"))
                            .versions()
                            .isEmpty()) {
                staying.add(name.toString());
            } else if (gone) {
                drop(name, table);
                dropped.add(name.toString());
            }
        }
        if (!staying.isEmpty()) {
            throw new IllegalStateException("store of a collection that the log does not have is still there, tables="
                    + staying + ", root=" + root);
        }
        return dropped;
    }

    private void drop(TableIdentifier name, Table table) throws IOException {
        catalog.dropTable(name, false);
        if (table.location().startsWith(warehouse + "/")) {
            files.deleteTree(Location.parse(table.location()));
        }
    }

    private void show(Table table, Manifest manifest, Location store) throws IOException {
        Optional<Published> before = Published.newest(table);
        if (before.isPresent()) {
            Published shown = before.get();
            boolean same = shown.shows(manifest);
            if (!same && manifest.version() <= shown.version()) {
                throw new IllegalStateException("table shows a later manifest than there is, or one of another history,"
                        + " shown=" + shown.version() + " " + shown.commit() + ", newest=" + manifest.version() + " "
                        + manifest.commit() + ", store=" + store + ", table=" + table.name());
            }
            if (same && shown.snapshot() == table.currentSnapshot().snapshotId()) {
                return;
            }
        }
        PartTable.add(table, manifest.columns());
        commit(table, manifest, store.child("parts"));
    }

    private void commit(Table table, Manifest manifest, Location parts) throws IOException {
        TableFiles shown = TableFiles.of(table);
        DeletionVectors vectors = new DeletionVectors(files, parts, table);
        RowDelta change = table.newRowDelta()
                .scanManifestsWith(MoreExecutors.newDirectExecutorService())
                .writeManifestsWith(MoreExecutors.newDirectExecutorService(), 1);
        Set<String> kept = new HashSet<>();
        for (PartEntry part : manifest.parts()) {
            DataFile file = PartFile.of(parts, part, table.spec());
            kept.add(file.location());
            if (!shown.data().containsKey(file.location())) {
                change.addRows(file);
            }
            DeleteFile before = shown.deletes().get(file.location());
            boolean same = before == null ? part.deletes().isEmpty() : vectors.shows(before, part);
            if (!same && before != null) {
                change.removeDeletes(before);
            }
            if (!same && !part.deletes().isEmpty()) {
                change.addDeletes(vectors.make(file.location(), part));
            }
        }
        shown.data().values().stream()
                .filter(file -> !kept.contains(file.location()))
                .forEach(change::removeRows);
        shown.deletes().values().stream()
                .filter(file -> !kept.contains(file.referencedDataFile()))
                .forEach(change::removeDeletes);
        Snapshot parent = table.currentSnapshot();
        if (parent != null) {
            change.validateFromSnapshot(parent.snapshotId());
        }
        change.validateWith(ancestors ->
                        head(ancestors).equals(Optional.ofNullable(parent).map(Snapshot::snapshotId)))
                .set(PartTable.VERSION, Long.toString(manifest.version()))
                .set(PartTable.COMMIT, manifest.commit().toString())
                .set(PartTable.FLUSHED, Long.toString(manifest.flushed()))
                .set(PartTable.EPOCH, Long.toString(manifest.epoch()))
                .commit();
    }

    private static Optional<Long> head(Iterable<Snapshot> ancestors) {
        for (Snapshot newest : ancestors) {
            return Optional.of(newest.snapshotId());
        }
        return Optional.empty();
    }

    /** Forgets snapshots whose manifests are gone, and holds no more than is needed. */
    private void tidy(Table table, ManifestLog log, Holds holds) throws IOException {
        table.refresh();
        Set<Long> needed = new HashSet<>();
        Snapshot newest = table.currentSnapshot();
        Snapshot before = newest.parentId() == null ? null : table.snapshot(newest.parentId());
        Published.of(newest).ifPresent(shown -> needed.add(shown.version()));
        Optional.ofNullable(before).flatMap(Published::of).ifPresent(shown -> needed.add(shown.version()));
        holds.release(holder, needed);
        new Expiry(table).expire(new HashSet<>(log.versions()));
    }
}
