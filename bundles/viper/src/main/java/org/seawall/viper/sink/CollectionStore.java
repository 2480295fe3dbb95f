package org.seawall.viper.sink;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.spi.flush.FlushBatch;
import org.seawall.spi.flush.FlushScan;
import org.seawall.spi.flush.FlushStore;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.store.CompactionPolicy;
import org.seawall.viper.store.RowBatch;
import org.seawall.viper.store.StoreScan;
import org.seawall.viper.store.StoreView;
import org.seawall.viper.store.VectorStore;

/** The parts of one collection as a log flushes to them, with the upkeep that a flush gives cause for. Safe for use by several threads. */
final class CollectionStore implements FlushStore {
    private final CollectionInfo collection;
    private final VectorStore store;
    private final Upkeep upkeep;
    private final Consumer<CollectionStore> closing;

    /** The version of the newest manifest at the last collection of garbage; for the thread of the upkeep. */
    private long collected;

    CollectionStore(CollectionInfo collection, VectorStore store, Upkeep upkeep, Consumer<CollectionStore> closing) {
        this.collection = collection;
        this.store = store;
        this.upkeep = upkeep;
        this.closing = closing;
    }

    UUID id() {
        return collection.id();
    }

    @Override
    public long flushed() {
        return store.flushed();
    }

    @Override
    public long flush(FlushBatch batch) throws IOException {
        long flushed = store.flush(
                new RowBatch(batch.after(), batch.upTo(), batch.columns(), new BatchRows(batch), batch.deleted()));
        upkeep.due(this);
        return flushed;
    }

    @Override
    public Optional<LoggedEntry> get(String id, long nowMillis) throws IOException {
        try (StoreView view = store.view()) {
            return view.find(id, nowMillis).map(row -> new LoggedEntry(row.sequence(), row.entry()));
        }
    }

    @Override
    public FlushScan scan(long nowMillis) {
        StoreScan scan = new StoreScan(store.view(), nowMillis);
        return new FlushScan() {
            @Override
            public long flushed() {
                return scan.flushed();
            }

            @Override
            public Optional<LoggedEntry> next() throws IOException {
                return scan.next().map(row -> new LoggedEntry(row.sequence(), row.entry()));
            }

            @Override
            public void close() {
                scan.close();
            }
        };
    }

    StoreView view() {
        return store.view();
    }

    /**
     * Does one compaction, if one is worth it, and else collects garbage, if there may be some.
     *
     * @return whether there may be more to do
     * @throws org.seawall.LogClosedException if the store is closed, or was meanwhile
     */
    boolean keepUp(CompactionPolicy policy, int keptManifests, long nowMillis) throws IOException {
        List<String> names = store.worthCompacting(policy, nowMillis);
        boolean more = !names.isEmpty() && store.compact(names, nowMillis);
        long version = store.manifest().version();
        if (collected == 0 || version - collected >= keptManifests) {
            store.collect(keptManifests);
            collected = version;
        }
        return more;
    }

    /** The next moment at which all of a part will have expired; 0 if no row ever does, the last there is if only some rows do. */
    long nextExpiry() {
        List<PartEntry> mortal = store.manifest().parts().stream()
                .filter(part -> part.firstExpiry() != 0)
                .toList();
        return mortal.isEmpty()
                ? 0
                : mortal.stream()
                        .mapToLong(PartEntry::lastExpiry)
                        .filter(expiry -> expiry != 0)
                        .min()
                        .orElse(Long.MAX_VALUE);
    }

    /** Ends the upkeep of it and waits for what is being done; all else goes on. */
    void stop() {
        upkeep.forget(this);
        store.stop();
    }

    /** Tells that it closes, stops and closes. Views go on. */
    @Override
    public void close() throws IOException {
        closing.accept(this);
        stop();
        store.close();
    }

    @Override
    public String toString() {
        return collection.name() + " (" + collection.id() + ")";
    }
}
