package org.seawall.core.inspection;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seawall.LogCorruptException;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.directory.CopyMark;
import org.seawall.core.directory.StorageMark;
import org.seawall.core.engine.ChainCopy;
import org.seawall.core.engine.LogFiles;
import org.seawall.core.inspection.StoredLog.Directory;
import org.seawall.inspection.Copy;
import org.seawall.inspection.InspectionProgress;
import org.seawall.spi.filesystem.FileInfo;

/**
 * Copies a log: its collections, then its catalog, and again what changed meanwhile. Until the catalog's first file is
 * there, the copy is no log. For one copy.
 */
public final class LogCopier {
    private static final int ROUNDS = 10;
    private static final String CATALOG = "catalog";

    private final StoredLog source;
    private final StoredLog target;
    private final InspectionProgress progress;

    /** The catalog changed while the collections were copied. */
    private static final class Changed extends IOException {
        private static final long serialVersionUID = 1L;

        Changed(String message) {
            super(message);
        }
    }

    /**
     * A copy.
     *
     * @param source what is copied
     * @param target where to
     * @param progress is told how far it is with reading each log
     */
    public LogCopier(StoredLog source, StoredLog target, InspectionProgress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Copies, and reads the copy back.
     *
     * @return what was copied
     * @throws IOException if the target is locked, a storage fails, or the source changed at every try
     */
    public Copy copy() throws IOException {
        if (source.roots().size() != 1 || target.roots().size() != 1) {
            throw new LogUnavailableException("log has several directories, which cannot be copied as one, directories="
                    + source.roots().size());
        }
        HeldLocks locks = HeldLocks.of(target, "copy");
        try (locks) {
            requireUntouched();
            for (int round = 1; ; round++) {
                try {
                    return round();
                } catch (Changed | NoSuchFileException e) {
                    if (round == ROUNDS) {
                        throw new IOException("log changed at each of " + ROUNDS + " tries to copy it", e);
                    }
                }
            }
        }
    }

    private Copy round() throws IOException {
        StoredCollections stored = StoredCollections.of(source, source.ofCatalog(progress));
        CollectionReading.requireUsable(stored.catalog().inspected());
        if (!stored.catalog().detail().isEmpty()) {
            throw new LogCorruptException(
                    "catalog is not in order",
                    "collections",
                    stored.catalog().detail(),
                    0,
                    source.catalog().location().toString());
        }
        if (!stored.catalog().move().isEmpty()) {
            throw new LogUnavailableException("catalog cannot be copied, "
                    + stored.catalog().move() + ", catalog=" + source.catalog().location());
        }
        stored.all().forEach(StoredCollection::requireHere);
        requireEmptyOrOlder(stored);
        copyMark().write(Map.of());
        Map<String, ChainCopy.Copied> copied = new TreeMap<>();
        Map<String, CollectionInfo> named = new TreeMap<>();
        for (StoredCollection collection : stored.all()) {
            if (collection.known() && !collection.dropping()) {
                named.put(collection.id(), collection.info().orElseThrow());
                copied.put(
                        collection.id(),
                        copy(
                                source.collectionFiles(collection),
                                target.collectionFiles(at(target.roots().get(0), collection)),
                                source.perCommit()));
            }
        }
        removeDropped(named);
        mark(source.roots().get(0)).copyTo(mark(target.roots().get(0)));
        requireUnchanged(stored);
        copied.put(CATALOG, copy(source.catalogFiles(), target.catalogFiles(), true));
        copyMark()
                .write(copied.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, one -> one.getValue().end())));
        return sum(named.size(), copied.values());
    }

    private static Copy sum(int collections, Collection<ChainCopy.Copied> copied) {
        return new Copy(
                collections,
                copied.stream().mapToInt(ChainCopy.Copied::files).sum(),
                copied.stream().mapToInt(ChainCopy.Copied::kept).sum(),
                copied.stream().mapToLong(ChainCopy.Copied::bytes).sum(),
                copied.stream().mapToLong(ChainCopy.Copied::entries).sum());
    }

    private CopyMark copyMark() {
        Directory root = target.roots().get(0);
        return new CopyMark(root.files(), root.location());
    }

    /** What was written to the target since an earlier copy would be gone. What that copy did not finish is made again. */
    private void requireUntouched() throws IOException {
        StoredCollections there = StoredCollections.of(target, target.ofCatalog(InspectionProgress.NONE));
        Optional<Map<String, String>> ends = copyMark().read();
        if (ends.isEmpty() && !there.all().isEmpty()) {
            throw touched(
                    "holds collections and was not made by a copy",
                    there.all().get(0).name());
        }
        for (Map.Entry<String, String> end : ends.orElse(Map.of()).entrySet()) {
            Optional<String> now = ChainCopy.end(filesOf(end.getKey(), there), progress);
            if (!now.equals(Optional.of(end.getValue()))) {
                throw touched(
                        "was written to since it was copied, expected " + end.getValue() + ", actual "
                                + now.orElse("not in order"),
                        end.getKey());
            }
        }
    }

    private LogFiles filesOf(String id, StoredCollections there) {
        return there.all().stream()
                .filter(collection -> collection.id().equals(id))
                .findFirst()
                .map(target::collectionFiles)
                .orElse(target.catalogFiles());
    }

    private LogUnavailableException touched(String how, String collection) {
        return new LogUnavailableException("target " + how + "; copy to another, or remove it first, collection="
                + collection + ", target=" + target.roots().get(0).location());
    }

    private ChainCopy.Copied copy(LogFiles from, LogFiles to, boolean perCommit) throws IOException {
        return new ChainCopy(from, to, perCommit, progress).copy();
    }

    private static StorageMark mark(Directory root) {
        return new StorageMark(root.files(), root.location());
    }

    private static StoredCollection at(Directory root, StoredCollection collection) {
        return new StoredCollection(collection.id(), root, collection.info(), false, "");
    }

    /** What is in the target has to be of this log: a catalog that this one continues, or nothing. */
    private void requireEmptyOrOlder(StoredCollections stored) throws IOException {
        StoredCollections there = StoredCollections.of(target, target.ofCatalog(InspectionProgress.NONE));
        List<String> ids = stored.all().stream().map(StoredCollection::id).collect(Collectors.toList());
        Optional<StoredCollection> foreign = there.all().stream()
                .filter(collection -> collection.known() && !ids.contains(collection.id()))
                .findFirst();
        if (foreign.isPresent()) {
            throw new LogUnavailableException("target holds another log, collection="
                    + foreign.get().name() + ", target="
                    + target.roots().get(0).location());
        }
    }

    private void requireUnchanged(StoredCollections before) throws IOException {
        StoredCollections now = StoredCollections.of(source, source.ofCatalog(InspectionProgress.NONE));
        if (!now.catalog().collections().equals(before.catalog().collections())) {
            throw new Changed("catalog changed, catalog=" + source.catalog().location());
        }
    }

    /** An earlier round, or an earlier copy, may have copied what was dropped since. */
    private void removeDropped(Map<String, CollectionInfo> named) throws IOException {
        Directory root = target.roots().get(0);
        for (FileInfo info : root.files().list(root.location())) {
            if (info.directory() && StoredCollections.isId(info.name()) && !named.containsKey(info.name())) {
                root.files().deleteTree(info.location());
            }
        }
    }
}
