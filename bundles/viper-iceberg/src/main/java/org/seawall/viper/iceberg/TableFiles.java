package org.seawall.viper.iceberg;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What a snapshot of a table names.
 *
 * @param data data files by their paths
 * @param deletes deletion vectors by the paths of their data files
 */
record TableFiles(Map<String, DataFile> data, Map<String, DeleteFile> deletes) {

    /** Reads the files of the table's newest snapshot; of a table without one there are none. */
    static TableFiles of(Table table) throws IOException {
        Map<String, DataFile> data = new HashMap<>();
        Map<String, DeleteFile> deletes = new HashMap<>();
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot != null) {
            for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
                try (ManifestReader<DataFile> files = ManifestFiles.read(manifest, table.io(), table.specs())) {
                    files.forEach(file -> data.put(file.location(), file.copyWithoutStats()));
                }
            }
            for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
                try (ManifestReader<DeleteFile> files =
                        ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                    files.forEach(file -> deletes.put(file.referencedDataFile(), file.copy()));
                }
            }
        }
        return new TableFiles(data, deletes);
    }
}
