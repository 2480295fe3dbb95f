package org.seawall.viper.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * Forgets snapshots of a table that a store has no manifest for any more: it may have deleted files that they name. Of their files the table's own go,
 * never the store's. A death before these are deleted leaves them.
 */
final class Expiry {
    private final Table table;

    Expiry(Table table) {
        this.table = table;
    }

    void expire(Set<Long> versions) throws IOException {
        TableOperations operations = ((HasTableOperations) table).operations();
        TableMetadata metadata = operations.refresh();
        Snapshot newest = metadata.currentSnapshot();
        List<Snapshot> kept = new ArrayList<>();
        List<Snapshot> gone = new ArrayList<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            boolean shown = Published.of(snapshot)
                    .filter(published -> versions.contains(published.version()))
                    .isPresent();
            (shown || snapshot.equals(newest) ? kept : gone).add(snapshot);
        }
        if (gone.isEmpty()) {
            return;
        }
        Set<String> unneeded = new HashSet<>();
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : gone) {
            add(snapshot, manifests, unneeded);
        }
        Set<String> needed = new HashSet<>();
        manifests.clear();
        for (Snapshot snapshot : kept) {
            add(snapshot, manifests, needed);
        }
        unneeded.removeAll(needed);
        operations.commit(
                metadata,
                TableMetadata.buildFrom(metadata)
                        .removeSnapshots(gone.stream().map(Snapshot::snapshotId).toList())
                        .build());
        String own = metadata.location() + "/";
        for (String file : unneeded) {
            if (file.startsWith(own)) {
                table.io().deleteFile(file);
            }
        }
    }

    /** All that a snapshot names but data files. */
    private void add(Snapshot snapshot, Set<String> seen, Set<String> found) throws IOException {
        found.add(snapshot.manifestListLocation());
        for (ManifestFile manifest : snapshot.allManifests(table.io())) {
            found.add(manifest.path());
        }
        for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
            if (seen.add(manifest.path())) {
                try (ManifestReader<DeleteFile> files =
                        ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                    files.forEach(file -> found.add(file.location()));
                }
            }
        }
    }
}
