package org.seawall.core.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.core.catalog.CatalogFiles;
import org.seawall.core.engine.Inspection;
import org.seawall.core.inspection.StoredLog.Directory;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.FileInfo;

/**
 * The collections of a log's files: by name those that its catalog names, then the directories that it does not.
 *
 * @param catalog what the catalog's files say
 * @param all the collections
 */
record StoredCollections(CatalogFiles catalog, List<StoredCollection> all) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Comparator<StoredCollection> ORDER = Comparator.comparing(StoredCollection::known)
            .reversed()
            .thenComparing(StoredCollection::name)
            .thenComparing(StoredCollection::id);

    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    static StoredCollections of(StoredLog log, Inspection inspection) throws IOException {
        CatalogFiles catalog = CatalogFiles.read(log.catalogFiles(), inspection);
        Map<String, Directory> directories = new HashMap<>();
        for (Directory root : log.roots()) {
            for (FileInfo info : root.files().list(root.location())) {
                if (info.directory() && ID.matcher(info.name()).matches()) {
                    directories.put(info.name(), root);
                }
            }
        }
        List<StoredCollection> all = new ArrayList<>();
        for (CollectionInfo info : catalog.collections()) {
            all.add(named(info, false, directories, log).from(catalog));
        }
        for (CollectionInfo info : catalog.dropping()) {
            all.add(named(info, true, directories, log).from(catalog));
        }
        directories.forEach((id, root) -> all.add(new StoredCollection(id, root, Optional.empty(), false, "")));
        all.sort(ORDER);
        return new StoredCollections(catalog, List.copyOf(all));
    }

    private static StoredCollection named(
            CollectionInfo info, boolean dropping, Map<String, Directory> directories, StoredLog log) {
        String id = info.id().toString();
        Directory root =
                Optional.ofNullable(directories.remove(id)).orElse(log.roots().get(0));
        return new StoredCollection(id, root, Optional.of(info), dropping, "");
    }

    /** Whether all of the catalog could be read, so that what it does not name is nobody's. */
    boolean catalogSound() {
        Verdict verdict = catalog.inspected().verdict();
        return verdict.compareTo(Verdict.TORN_TAIL) <= 0 && catalog.detail().isEmpty();
    }

    /**
     * The one of a name or id, or all.
     *
     * @throws CollectionNotFoundException if there is none
     */
    List<StoredCollection> chosen(Optional<String> wanted, StoredLog log) {
        if (wanted.isEmpty()) {
            return all;
        }
        List<StoredCollection> found =
                all.stream().filter(one -> one.called(wanted.get())).toList();
        if (found.isEmpty()) {
            throw new CollectionNotFoundException(
                    wanted.get(), log.roots().get(0).location().toString());
        }
        return found;
    }
}
