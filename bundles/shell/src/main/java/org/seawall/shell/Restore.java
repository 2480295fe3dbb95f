package org.seawall.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LogFullException;
import org.seawall.LoggedEntry;
import org.seawall.PointInTime;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;

/**
 * Appends what brings a collection, or a new one, to the state of a view. Only what differs is appended, so that a restore
 * that is done again after a crash does the rest, and then nothing. For one restore.
 */
final class Restore {
    private static final int BATCH_ENTRIES = 100;
    private static final int BATCH_BYTES = 256_000;
    private static final long RETRY_MILLIS = 20;

    private final WriteAheadLog log;
    private final boolean dryRun;
    private final List<Entry> batch = new ArrayList<>();
    private int batchBytes;
    private long puts;
    private long deletes;

    /** What was appended, or would be. */
    record Restored(long puts, long deletes) {}

    Restore(WriteAheadLog log, boolean dryRun) {
        this.log = log;
        this.dryRun = dryRun;
    }

    /** Makes a new collection of the same kind. */
    Restored into(CollectionInfo info, String name, CollectionView then) throws InterruptedException {
        CollectionSpec spec = info.spec();
        CollectionSpec copy = new CollectionSpec(
                name, spec.dimension(), spec.metric(), spec.settings(), spec.tags(), spec.description(), spec.owner());
        if (!dryRun) {
            log.catalog().create(copy);
        }
        for (Iterator<LoggedEntry> entries = then.entries(); entries.hasNext(); ) {
            put(name, entries.next().entry());
        }
        flush(name);
        return new Restored(puts, deletes);
    }

    /** Appends the difference to the collection itself. */
    Restored inPlace(CollectionInfo info, CollectionView then) throws InterruptedException {
        String name = info.name();
        long now = System.currentTimeMillis();
        try (CollectionView present = log.view(name, PointInTime.atSequence(Long.MAX_VALUE))) {
            Set<String> kept = new HashSet<>();
            for (Iterator<LoggedEntry> entries = then.entries(); entries.hasNext(); ) {
                Entry entry = requireId(entries.next().entry(), name);
                // what has expired since then cannot be live again
                if (entry.expiresAtMillis() == 0 || entry.expiresAtMillis() > now) {
                    kept.add(entry.id());
                    Optional<Entry> there = present.get(entry.id()).map(LoggedEntry::entry);
                    if (!there.equals(Optional.of(entry))) {
                        put(name, entry);
                    }
                }
            }
            for (Iterator<LoggedEntry> entries = present.entries(); entries.hasNext(); ) {
                Entry entry = requireId(entries.next().entry(), name);
                if (!kept.contains(entry.id())) {
                    deletes++;
                    add(name, Entry.delete(entry.id()), entry.id().length());
                }
            }
        }
        flush(name);
        return new Restored(puts, deletes);
    }

    private static Entry requireId(Entry entry, String name) {
        if (entry.id().isEmpty()) {
            throw new CommandFailedException(
                    "entries without an id cannot be taken back in place, restore with --as, collection=" + name);
        }
        return entry;
    }

    private void put(String name, Entry entry) throws InterruptedException {
        puts++;
        add(
                name,
                entry,
                entry.payload().length
                        + entry.vector().length * Float.BYTES
                        + entry.id().length());
    }

    private void add(String name, Entry entry, int bytes) throws InterruptedException {
        if (batch.size() >= BATCH_ENTRIES || batchBytes + bytes > BATCH_BYTES) {
            flush(name);
        }
        batch.add(entry);
        batchBytes += bytes;
    }

    private void flush(String name) throws InterruptedException {
        while (!batch.isEmpty() && !dryRun) {
            try {
                Futures.await(log.append(name, List.copyOf(batch)));
                break;
            } catch (LogFullException e) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
        batch.clear();
        batchBytes = 0;
    }
}
