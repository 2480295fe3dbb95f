package org.seawall.viper.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.seawall.LogClosedException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushStore;
import org.seawall.viper.store.PartPool;
import org.seawall.viper.store.StoreFiles;
import org.seawall.viper.store.StoreView;
import org.seawall.viper.store.VectorStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of all collections of vectors of one log, each in a directory with the collection's id. Memory for open parts, and the thread
 * that compacts and collects, are theirs together. Safe for use by several threads.
 */
public final class VectorSink implements FlushSink, Stores, AutoCloseable {
    /** Where a file cannot grow, all of a part is in memory until it is created. */
    static final long LARGEST_OBJECT_BYTES = 128L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(VectorSink.class);

    private final String log;
    private final FileSystem files;
    private final Location root;
    private final PartPool pool;
    private final Upkeep upkeep;
    private final Map<UUID, CollectionStore> stores = new HashMap<>();
    private volatile SinkSettings settings;
    private boolean closed;

    /**
     * A sink with no store open.
     *
     * @param log the log's name, for its thread and for messages
     * @param files where; creates files if absent
     * @param root the directory of the collections' directories
     * @param settings may be changed later
     */
    public VectorSink(String log, FileSystem files, Location root, SinkSettings settings) {
        this.log = log;
        this.files = files;
        this.root = root;
        this.pool = new PartPool(settings.cacheBytes());
        this.settings = within(settings, files);
        this.upkeep = new Upkeep(log, () -> this.settings);
    }

    private static SinkSettings within(SinkSettings settings, FileSystem files) {
        return files.capabilities().contains(Capability.APPEND)
                ? settings
                : new SinkSettings(
                        settings.cacheBytes(),
                        settings.keptManifests(),
                        settings.compaction().within(LARGEST_OBJECT_BYTES));
    }

    /**
     * Changes limits. They hold from the next use of a part, compaction or collection on.
     *
     * @param changed the settings from now on
     */
    public void settings(SinkSettings changed) {
        settings = within(changed, files);
        pool.limit(changed.cacheBytes());
    }

    @Override
    public String name() {
        return "viper " + root;
    }

    @Override
    public boolean takes(CollectionInfo collection) {
        return collection.spec().dimension() > 0;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Views of the store before go on, and until the new one is open, it can be viewed.
     */
    @Override
    public FlushStore open(CollectionInfo collection, long epoch, long least) throws IOException {
        CollectionStore before = store(collection.id());
        if (before != null) {
            before.stop();
        }
        CollectionStore opened;
        try {
            opened = opened(collection, epoch, least);
        } catch (IOException | RuntimeException e) {
            if (before != null) {
                before.close();
            }
            throw e;
        }
        CollectionStore replaced = put(collection.id(), opened);
        if (replaced != null) {
            replaced.close();
        }
        upkeep.due(opened);
        return opened;
    }

    private CollectionStore opened(CollectionInfo collection, long epoch, long least) throws IOException {
        VectorStore store = VectorStore.open(
                new StoreFiles(files, directory(collection)),
                collection.spec(),
                epoch,
                pool,
                trouble -> LOG.warn(
                        "sidecar made again from its part, or a file not closed, log={}, collection={}: {}",
                        log,
                        collection.name(),
                        trouble.getMessage()));
        if (store.flushed() > 0 && store.flushed() < least) {
            LOG.warn(
                    "store lacks deletes that the log has forgotten, it is filled again from the log, flushed={}, least={},"
                            + " log={}, collection={}",
                    store.flushed(),
                    least,
                    log,
                    collection.name());
            store.giveUp();
        }
        return new CollectionStore(collection, store, upkeep, this::remove);
    }

    private Location directory(CollectionInfo collection) {
        return root.child(collection.id().toString());
    }

    private CollectionStore store(UUID collection) {
        synchronized (stores) {
            return stores.get(collection);
        }
    }

    private CollectionStore put(UUID collection, CollectionStore opened) throws IOException {
        synchronized (stores) {
            if (!closed) {
                return stores.put(collection, opened);
            }
        }
        opened.close();
        throw new LogClosedException("sink is closed, sink=" + name());
    }

    private void remove(CollectionStore store) {
        synchronized (stores) {
            stores.remove(store.id(), store);
        }
    }

    @Override
    public void drop(CollectionInfo collection) throws IOException {
        CollectionStore open = store(collection.id());
        if (open != null) {
            open.close();
        }
        files.deleteTree(directory(collection));
    }

    @Override
    public Optional<StoreView> view(UUID collection) {
        synchronized (stores) {
            return Optional.ofNullable(stores.get(collection)).map(CollectionStore::view);
        }
    }

    @Override
    public String detail() {
        return upkeep.detail();
    }

    /** Closes the stores that are open, whoever has not, and ends the thread behind what it is in. Views go on. Again it does nothing. */
    @Override
    public void close() {
        List<CollectionStore> open;
        synchronized (stores) {
            closed = true;
            open = new ArrayList<>(stores.values());
        }
        for (CollectionStore store : open) {
            try {
                store.close();
            } catch (IOException e) {
                LOG.warn("store not closed cleanly, log={}, collection={}", log, store, e);
            }
        }
        upkeep.close();
        pool.close();
    }
}
