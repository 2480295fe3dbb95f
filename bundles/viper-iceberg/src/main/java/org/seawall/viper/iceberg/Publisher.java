package org.seawall.viper.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.seawall.catalog.CollectionInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.ManifestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the collections of a log as they are flushed: looks for manifests that are new, and opens the catalog only if there are. One
 * collection that fails does not keep the others, and is tried again after a pause that doubles from one time to the next. For one thread.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;

    private final IcebergSettings settings;
    private final Map<UUID, Progress> collections = new HashMap<>();
    private final Progress drops = new Progress();
    private Set<UUID> known = Set.of();
    private boolean first = true;

    Publisher(IcebergSettings settings) {
        this.settings = settings;
    }

    /**
     * Publishes what is due.
     *
     * @param all the collections of the log
     * @param files where their stores are
     * @param now a moment in milliseconds, of a clock that never goes back
     */
    void look(List<CollectionInfo> all, FileSystem files, long now) {
        Map<UUID, CollectionInfo> present = new HashMap<>();
        all.stream()
                .filter(collection -> !collection.spec().holdsPayloads())
                .forEach(collection -> present.put(collection.id(), collection));
        collections.keySet().retainAll(present.keySet());
        List<CollectionInfo> due = new ArrayList<>();
        for (CollectionInfo collection : present.values()) {
            if (due(collection, files, now)) {
                due.add(collection);
            }
        }
        boolean dropped = (first || !present.keySet().containsAll(known)) && drops.resumes(now);
        if (!due.isEmpty() || dropped) {
            publish(due, dropped, present.keySet(), files, now);
        }
        if (!dropped) {
            // those that are gone stay known until their tables are dropped
            known = union(known, present.keySet());
        }
    }

    private static Set<UUID> union(Set<UUID> some, Set<UUID> others) {
        Set<UUID> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private boolean due(CollectionInfo collection, FileSystem files, long now) {
        Progress progress = collections.computeIfAbsent(collection.id(), id -> new Progress());
        if (!progress.resumes(now)) {
            return false;
        }
        try {
            List<Long> versions = new ManifestLog(files, store(collection).child("manifests")).versions();
            return !versions.isEmpty() && progress.due(versions.get(versions.size() - 1), now);
        } catch (IOException | RuntimeException e) {
            failed(progress, "collection " + collection.name(), e, now);
            return false;
        }
    }

    private void publish(List<CollectionInfo> due, boolean dropped, Set<UUID> present, FileSystem files, long now) {
        try (Tables tables = Tables.open(settings.catalog(), files)) {
            TablePublisher publisher = new TablePublisher(
                    files,
                    tables.catalog(),
                    settings.catalog().namespace(),
                    settings.catalog().warehouse(),
                    settings.name());
            for (CollectionInfo collection : due) {
                publish(publisher, collection, now);
            }
            if (dropped) {
                drop(publisher, present, now);
            }
        } catch (IOException | RuntimeException e) {
            for (CollectionInfo collection : due) {
                failed(collections.get(collection.id()), "collection " + collection.name(), e, now);
            }
            if (dropped) {
                failed(drops, "tables of dropped collections", e, now);
            }
        }
    }

    private void publish(TablePublisher publisher, CollectionInfo collection, long now) {
        Progress progress = collections.get(collection.id());
        try {
            OptionalLong shown = publisher.publish(collection, store(collection));
            progress.worked(shown);
            LOG.info(
                    "collection published, manifest={}, namespace={}, log={}, collection={}",
                    shown.isPresent() ? shown.getAsLong() : "none",
                    settings.catalog().namespace(),
                    settings.log(),
                    collection.name());
        } catch (IOException | RuntimeException e) {
            failed(progress, "collection " + collection.name(), e, now);
        }
    }

    private void drop(TablePublisher publisher, Set<UUID> present, long now) {
        try {
            for (String table : publisher.dropOthers(settings.root(), present)) {
                LOG.info("table of a dropped collection dropped, log={}, table={}", settings.log(), table);
            }
            drops.worked(OptionalLong.empty());
            known = Set.copyOf(present);
            first = false;
        } catch (IOException | RuntimeException e) {
            failed(drops, "tables of dropped collections", e, now);
        }
    }

    private Location store(CollectionInfo collection) {
        return settings.root().child(collection.id().toString());
    }

    private void failed(Progress progress, String what, Exception failure, long now) {
        long pause = progress.failed(now);
        String line = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (!line.equals(progress.failure)) {
            LOG.warn("not published, tried again in {} ms, log={}, {}: {}", pause, settings.log(), what, line, failure);
        }
        progress.failure = line;
    }

    /** How far a collection is. */
    private final class Progress {
        private long shown = -1;
        private long newest = -1;
        private long since;
        private long again = Long.MIN_VALUE;
        private int failures;
        private String failure = "";

        boolean resumes(long now) {
            return now >= again;
        }

        boolean due(long version, long now) {
            if (version == shown) {
                return false;
            }
            if (newest == shown) {
                since = now;
            }
            newest = version;
            boolean often = settings.everyFlushes() > 0 && version - shown >= settings.everyFlushes();
            return shown < 0 || often || version < shown || now - since >= settings.everySeconds() * 1000L;
        }

        void worked(OptionalLong version) {
            shown = version.orElse(-1);
            newest = shown;
            again = Long.MIN_VALUE;
            failures = 0;
            failure = "";
        }

        long failed(long now) {
            long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 16));
            failures++;
            again = now + pause;
            return pause;
        }
    }
}
