package org.seawall.viper.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.sidecar.Key;

/** Ends the rows of ids in parts: finds them, and writes the delete vectors that have them. For one thread. */
final class Deletions {
    private final StoreFiles files;
    private final PartCache cache;
    private final Names names;

    /** Gives names to new files, which are kept from the collection of garbage until they are committed or given up. */
    interface Names {
        String fresh();
    }

    Deletions(StoreFiles files, PartCache cache, Names names) {
        this.files = files;
        this.cache = cache;
        this.names = names;
    }

    static List<Key> keys(Iterable<String> ids) {
        List<Key> keys = new ArrayList<>();
        ids.forEach(id -> {
            if (!id.isEmpty()) {
                keys.add(Key.of(id));
            }
        });
        return keys;
    }

    /**
     * Adds the rows that have the keys to the delete vectors.
     *
     * @param vectors takes the new vectors, by the names of their files
     * @return the parts with their delete vectors, which are durable
     * @throws IOException if a part cannot be opened, or the storage fails
     */
    List<PartEntry> delete(Contents base, Collection<Key> keys, Map<String, DeleteVector> vectors) throws IOException {
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (PartEntry part : base.manifest().parts()) {
            List<Integer> found =
                    keys.isEmpty() ? List.of() : rows(part, base.deletes().get(part.name()), keys);
            if (!found.isEmpty()) {
                rows.put(part.name(), found);
            }
        }
        List<PartEntry> parts = new ArrayList<>();
        for (PartEntry part : base.manifest().parts()) {
            List<Integer> found = rows.get(part.name());
            parts.add(found == null ? part : with(part, base.deletes().get(part.name()), found, vectors));
        }
        return parts;
    }

    private List<Integer> rows(PartEntry part, DeleteVector deleted, Collection<Key> keys) throws IOException {
        return cache.use(part.name(), open -> {
            List<Integer> found = new ArrayList<>();
            for (Key key : keys) {
                int row = open.sidecar().keys().row(key);
                if (row >= 0 && !deleted.has(row)) {
                    found.add(row);
                }
            }
            return found;
        });
    }

    /** A part with more rows deleted, whose new delete vector is durable. */
    PartEntry with(PartEntry part, DeleteVector before, List<Integer> rows, Map<String, DeleteVector> vectors)
            throws IOException {
        DeleteVector vector = before.with(rows);
        String name = names.fresh();
        vector.write(files.files(), files.deletes(name));
        vectors.put(name, vector);
        return part.withDeletes(name, vector.count());
    }
}
