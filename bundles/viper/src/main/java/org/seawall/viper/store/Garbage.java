package org.seawall.viper.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.seawall.LogCorruptException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.viper.manifest.FileNames;
import org.seawall.viper.manifest.Holds;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.ManifestLog;

/**
 * Finds and deletes files that nobody needs. A file is listed before it is looked for among those that are being written, and those before
 * the newest manifest is read: so what is committed meanwhile is found in one of the two. Views are asked for behind it: one that is opened
 * later shows that manifest or a newer one. Files of later epochs are a later writer's
 * business. What others hold ({@link Holds}) stays.
 */
final class Garbage {
    private final StoreFiles files;
    private final Committer committer;
    private final long epoch;
    private final int keptManifests;

    Garbage(StoreFiles files, Committer committer, long epoch, int keptManifests) {
        this.files = files;
        this.committer = committer;
        this.epoch = epoch;
        this.keptManifests = keptManifests;
    }

    int collect(Supplier<Set<String>> pending, Supplier<Set<Long>> pinned, PartCache cache) throws IOException {
        List<FileInfo> listed = files.files().list(files.parts());
        Set<String> written = pending.get();
        Manifest newest = committer.reload().manifest();
        Set<Long> views = pinned.get();
        ManifestLog log = committer.log();
        Holds holds = new Holds(files.files(), files.directory());
        Set<Long> held = holds.versions();
        Map<Long, Optional<Manifest>> old = new TreeMap<>();
        Set<String> needed = new HashSet<>(newest.files());
        for (long version : log.versions()) {
            boolean kept = version > newest.version() - keptManifests || views.contains(version);
            if (!kept && !held.contains(version)) {
                old.put(version, readable(log, version));
            } else if (version != newest.version()) {
                needed.addAll(log.read(version).files());
            }
        }
        int deleted = 0;
        for (long version : old.keySet()) {
            log.delete(version);
            deleted++;
        }
        // Once more: whoever has held a manifest in between and found it there is to find it again, with what it names.
        for (long version : holds.versions()) {
            Optional<Manifest> wanted = old.getOrDefault(version, Optional.empty());
            if (wanted.isPresent()) {
                log.commit(wanted.get());
                deleted--;
                needed.addAll(wanted.get().files());
            }
        }
        Set<String> gone = new HashSet<>();
        for (FileInfo info : listed) {
            if (!needed.contains(info.name()) && garbage(info.name(), written)) {
                gone.add(base(info.name()));
                files.files().delete(info.location());
                deleted++;
            }
        }
        cache.forget(gone);
        return deleted;
    }

    private static Optional<Manifest> readable(ManifestLog log, long version) throws IOException {
        try {
            return Optional.of(log.read(version));
        } catch (NoSuchFileException | LogCorruptException e) {
            // gone already, or of no use to anybody: it goes, and what it named with it
            return Optional.empty();
        }
    }

    private boolean garbage(String file, Set<String> written) {
        OptionalLong owner = FileNames.epoch(file);
        return owner.isPresent() && owner.getAsLong() <= epoch && !written.contains(base(file));
    }

    private static String base(String file) {
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
