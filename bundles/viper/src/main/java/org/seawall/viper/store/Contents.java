package org.seawall.viper.store;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.PartEntry;

/**
 * A manifest with its delete vectors in memory. Never changed.
 *
 * @param manifest which parts there are
 * @param deletes the delete vector of each part, by its name
 */
record Contents(Manifest manifest, Map<String, DeleteVector> deletes) {
    /**
     * Reads the delete vectors that are not known already.
     *
     * @param known vectors in memory, by the names of their files
     * @throws org.seawall.LogCorruptException if one is damaged
     * @throws IOException if the storage fails
     */
    static Contents load(StoreFiles files, Manifest manifest, Map<String, DeleteVector> known) throws IOException {
        Map<String, DeleteVector> deletes = new TreeMap<>();
        for (PartEntry part : manifest.parts()) {
            DeleteVector vector = known.get(part.deletes());
            deletes.put(part.name(), vector != null ? vector : load(files, part));
        }
        return new Contents(manifest, Map.copyOf(deletes));
    }

    private static DeleteVector load(StoreFiles files, PartEntry part) throws IOException {
        if (part.deletes().isEmpty()) {
            return DeleteVector.none(part.name(), part.rows());
        }
        try (FileInput input = files.files().open(files.deletes(part.deletes()))) {
            return DeleteVector.read(input, part.name(), part.rows());
        }
    }

    /** The vectors by the names of their files. */
    Map<String, DeleteVector> byFile() {
        Map<String, DeleteVector> byFile = new TreeMap<>();
        for (PartEntry part : manifest.parts()) {
            if (!part.deletes().isEmpty()) {
                byFile.put(part.deletes(), deletes.get(part.name()));
            }
        }
        return byFile;
    }
}
