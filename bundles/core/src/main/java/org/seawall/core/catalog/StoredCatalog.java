package org.seawall.core.catalog;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.SeawallException;
import org.seawall.catalog.Catalog;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.spi.serializer.EncodedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog: a log of its own, whose live entries are the collections, and the open logs of these.
 *
 * <p>What a crash leaves behind, step by step. Create: the collection's first segment is made durable, then the catalog's
 * entry; a crash in between leaves a directory that no collection names, which is harmless. Drop: an entry that says
 * <em>dropping</em> is made durable, which frees the name; then the files are removed, then the entry; a crash in between
 * is finished by the next start.
 */
public final class StoredCatalog implements Catalog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredCatalog.class);

    private final CatalogSession session;
    private final BatchLog records;
    private final CollectionLogs logs;
    private final ConcurrentSkipListMap<String, OpenCollection> collections = new ConcurrentSkipListMap<>();
    private final Object changes = new Object();
    private int operations;

    private StoredCatalog(CatalogSession session, BatchLog records) {
        this.session = session;
        this.records = records;
        this.logs = new CollectionLogs(session);
    }

    /**
     * Reads the catalog and opens all its collections. One that cannot be recovered is there, but unavailable.
     *
     * @param session what to read and write with
     * @return the open catalog
     * @throws SeawallException if the catalog itself cannot be read
     */
    public static StoredCatalog open(CatalogSession session) {
        Opening opening = BatchLog.open(session.catalog(), LogLayout.catalog(session.catalogRoot()));
        if (opening instanceof Opening.Refused refused) {
            if (refused.cause() instanceof SeawallException cause) {
                throw cause;
            }
            throw new LogUnavailableException(
                    "catalog cannot be read, catalog=" + session.catalogRoot() + ": "
                            + refused.report().detail(),
                    refused.cause());
        }
        StoredCatalog catalog = new StoredCatalog(session, ((Opening.Opened) opening).log());
        try {
            catalog.openCollections();
            return catalog;
        } catch (IOException | SeawallException e) {
            catalog.close();
            throw e instanceof SeawallException cause
                    ? cause
                    : new LogUnavailableException("storage failed, log=" + session.log(), e);
        }
    }

    @Override
    public CollectionInfo create(CollectionSpec spec) {
        checkSettings(spec, Map.of());
        synchronized (changes) {
            if (collections.containsKey(spec.name())) {
                throw new CollectionExistsException(spec.name(), session.log());
            }
            Instant now = now();
            CollectionInfo info = new CollectionInfo(UUID.randomUUID(), spec, now, now);
            // encoded first: what the serializer refuses leaves no files behind
            EncodedBatch record = encoded(new CollectionRecord(info, false).entry());
            OpenCollection created = logs.create(info);
            try {
                append(record);
            } catch (SeawallException e) {
                logs.close(created);
                throw e;
            }
            collections.put(spec.name(), created);
            return info;
        }
    }

    @Override
    public Optional<CollectionInfo> find(String name) {
        return Optional.ofNullable(collections.get(name)).map(OpenCollection::info);
    }

    @Override
    public List<CollectionInfo> list() {
        return collections.values().stream().map(OpenCollection::info).toList();
    }

    @Override
    public CollectionInfo update(String name, UnaryOperator<CollectionSpec> change) {
        synchronized (changes) {
            OpenCollection collection = collection(name);
            CollectionSpec old = collection.info().spec();
            CollectionSpec spec = change.apply(old);
            if (!spec.name().equals(old.name())
                    || spec.dimension() != old.dimension()
                    || spec.metric() != old.metric()) {
                throw new IllegalArgumentException(
                        "name, dimension and metric of a collection do not change, collection=" + name);
            }
            checkSettings(spec, old.settings());
            CollectionInfo info = new CollectionInfo(
                    collection.info().id(), spec, collection.info().created(), now());
            append(encoded(new CollectionRecord(info, false).entry()));
            collection.update(info);
            return info;
        }
    }

    /** What is kept was checked when it was set, and is not held against who changes something else. */
    private void checkSettings(CollectionSpec spec, Map<String, String> kept) {
        Map<String, String> changed = new TreeMap<>(spec.settings());
        changed.entrySet().removeAll(kept.entrySet());
        session.settings().with(changed);
    }

    @Override
    public void drop(String name) {
        synchronized (changes) {
            OpenCollection collection = collection(name);
            append(encoded(new CollectionRecord(collection.info(), true).entry()));
            collections.remove(name);
            logs.close(collection);
            removeFiles(collection.info());
        }
    }

    /**
     * A collection with its log.
     *
     * @param name the collection's name
     * @return the collection
     * @throws CollectionNotFoundException if no collection has that name
     */
    public OpenCollection collection(String name) {
        OpenCollection collection = collections.get(name);
        if (collection == null) {
            throw new CollectionNotFoundException(name, session.log());
        }
        return collection;
    }

    /**
     * All collections with their logs.
     *
     * @return by name
     */
    public Collection<OpenCollection> all() {
        return collections.values();
    }

    /** Finishes what was submitted to any collection, then closes all files. */
    @Override
    public void close() {
        synchronized (changes) {
            collections.values().forEach(logs::close);
            records.close();
        }
    }

    /**
     * Opens the collections anew whose storage failed: reads back what is there, which settles the batches whose outcome
     * was not known, and takes appends again if the storage does. Readers of the old log end.
     *
     * @return how many of them are open again
     */
    public int recoverFailed() {
        int recovered = 0;
        for (OpenCollection collection : collections.values()) {
            if (collection.mayRecover()) {
                recovered += recover(collection) ? 1 : 0;
            }
        }
        return recovered;
    }

    private boolean recover(OpenCollection collection) {
        synchronized (changes) {
            return collections.get(collection.info().name()) == collection && logs.recover(collection);
        }
    }

    /**
     * Why the catalog takes no more changes.
     *
     * @return the first failure of its storage, or empty
     */
    public Optional<Throwable> failure() {
        return records.failure();
    }

    private void openCollections() throws IOException {
        List<CollectionRecord> dropping = new ArrayList<>();
        LiveCursor live = records.memtable().live(0);
        while (live.next()) {
            CollectionRecord found = CollectionRecord.of(new LoggedEntry(live.sequence(), live.entry()));
            if (found.dropping()) {
                dropping.add(found);
            } else {
                open(found.info());
            }
        }
        for (CollectionRecord found : dropping) {
            LOG.info(
                    "finishing the drop of a collection, collection={}",
                    found.info().name());
            removeFiles(found.info());
        }
    }

    private void open(CollectionInfo info) {
        if (collections.putIfAbsent(info.name(), logs.open(info)) != null) {
            throw new LogCorruptException(
                    "two collections of one name", "one", "two", 0, session.catalogRoot() + ", name=" + info.name());
        }
    }

    /** The drop is durable: if the files cannot be removed now, the next start does it. */
    private void removeFiles(CollectionInfo info) {
        try {
            logs.remove(info);
            append(encoded(Entry.delete(info.id().toString())));
        } catch (IOException | SeawallException e) {
            LOG.warn(
                    "files of a dropped collection not removed, the next start tries again, directory={}",
                    info.id(),
                    e);
        }
    }

    private EncodedBatch encoded(Entry entry) {
        return session.catalog().backend().serializer().encode(List.of(entry), now().toEpochMilli());
    }

    private void append(EncodedBatch record) {
        try {
            records.append(record).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SeawallException cause ? cause : e;
        }
        operations++;
        if (operations >= session.operationsPerSnapshot()) {
            snapshot();
        }
    }

    private void snapshot() {
        try {
            records.snapshot();
            operations = 0;
        } catch (SeawallException e) {
            LOG.warn("no snapshot of the catalog, its segments stay, catalog={}", session.catalogRoot(), e);
        }
    }

    private Instant now() {
        return session.catalog().backend().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
