package org.seawall.core.catalog;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.catalog.Catalog;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Column;
import org.seawall.core.directory.Place;
import org.seawall.core.directory.SessionGate;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Progress;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog: a log of its own, whose live entries are the collections, and the open logs of these.
 *
 * <p>What a crash leaves behind, step by step. Create: the collection's first segment is made durable, then the catalog's
 * entry; a crash in between leaves a directory that no collection names, which is harmless. Drop: an entry that says
 * <em>dropping</em> is made durable, which frees the name; then the files are removed, then the entry; a crash in between
 * is finished by the next start. The record says on which storage the collection is.
 */
public final class StoredCatalog implements Catalog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredCatalog.class);

    private volatile CatalogSession session;
    private final CatalogRecords records;
    private final ConcurrentSkipListMap<String, OpenCollection> collections = new ConcurrentSkipListMap<>();
    private final Placement placement;
    private final Attendance attendance;
    private final CollectionMoves moves;
    private final Object changes = new Object();
    private final Set<String> creating = new HashSet<>();
    private final SessionGate gate = new SessionGate();
    private volatile Consumer<CollectionInfo> whenDropped = info -> {};

    private StoredCatalog(CatalogSession session, CatalogRecords records) {
        this.session = session;
        this.records = records;
        this.placement = new Placement(session.log(), session.directories(), collections.values());
        this.attendance =
                new Attendance(session.directories(), collections.values(), this::removeFiles, this::confirmed);
        this.moves = new CollectionMoves(collections.values(), attendance::dropped, new MoveRecords());
    }

    /**
     * Reads the catalog and opens all its collections. One that cannot be recovered is there, but unavailable.
     *
     * @param session what to read and write with
     * @return the open catalog
     * @throws SeawallException if the catalog itself cannot be read
     */
    public static StoredCatalog open(CatalogSession session) {
        StoredCatalog catalog = read(session);
        catalog.attendance().attendAll().join();
        return catalog;
    }

    /**
     * Reads the catalog. Its collections wait for {@link #attendance} to open them.
     *
     * @param session what to read and write with
     * @return the open catalog
     * @throws CatalogMovedException if it was moved from there
     * @throws SeawallException if it cannot be read
     */
    public static StoredCatalog read(CatalogSession session) {
        StoredCatalog catalog = new StoredCatalog(session, CatalogRecords.open(session));
        try {
            catalog.readRecords();
            return catalog;
        } catch (SeawallException e) {
            catalog.close();
            throw e;
        }
    }

    @Override
    public CollectionInfo create(CollectionSpec spec) {
        return gate.pass(() -> create(spec, placement::candidates));
    }

    @Override
    public CollectionInfo create(CollectionSpec spec, String url) {
        StorageDirectory directory = session.directories().named(url);
        return gate.pass(() -> {
            directory.site();
            return create(spec, () -> List.of(directory));
        });
    }

    /** The catalog is not held while the files are made: another collection's may be on a storage that hangs. */
    private CollectionInfo create(CollectionSpec spec, Supplier<List<StorageDirectory>> directories) {
        checkSettings(spec, Map.of());
        synchronized (changes) {
            if (collections.containsKey(spec.name()) || !creating.add(spec.name())) {
                throw new CollectionExistsException(spec.name(), session.log());
            }
        }
        try {
            Instant now = now();
            CollectionInfo info = new CollectionInfo(UUID.randomUUID(), spec, now, now);
            // encoded first: what the serializer refuses leaves no files behind
            records.encoded(new CollectionRecord(info, Place.FIRST, false).entry());
            OpenCollection created = created(info, directories.get());
            try {
                publish(created);
            } catch (SeawallException e) {
                CollectionLogs.close(created);
                throw e;
            }
            return info;
        } finally {
            synchronized (changes) {
                creating.remove(spec.name());
            }
        }
    }

    private OpenCollection created(CollectionInfo info, List<StorageDirectory> directories) {
        EffectiveSettings settings = new EffectiveSettings(session.settings(), info);
        List<SeawallException> failures = new ArrayList<>();
        for (StorageDirectory directory : directories) {
            try {
                return CollectionLogs.create(info, settings, directory);
            } catch (LogUnavailableException e) {
                LOG.warn("directory passed over for a new collection, url={}", directory.url(), e);
                failures.add(e);
            }
        }
        SeawallException first = failures.remove(0);
        failures.forEach(first::addSuppressed);
        throw first;
    }

    private void publish(OpenCollection created) {
        String name = created.info().name();
        synchronized (changes) {
            append(() -> {
                if (collections.containsKey(name)) {
                    throw new CollectionExistsException(name, session.log());
                }
                return created.record().entry();
            });
            collections.put(name, created);
        }
    }

    @Override
    public Optional<CollectionInfo> find(String name) {
        look();
        return Optional.ofNullable(collections.get(name)).map(OpenCollection::info);
    }

    @Override
    public List<CollectionInfo> list() {
        look();
        return collections.values().stream().map(OpenCollection::info).toList();
    }

    @Override
    public CollectionInfo update(String name, UnaryOperator<CollectionSpec> change) {
        return gate.pass(() -> updated(name, change));
    }

    private CollectionInfo updated(String name, UnaryOperator<CollectionSpec> change) {
        synchronized (changes) {
            List<CollectionInfo> changed = new ArrayList<>(1);
            append(() -> {
                OpenCollection collection = known(name);
                CollectionInfo info = changed(collection.info(), change);
                changed.clear();
                changed.add(info);
                return collection.record().with(info).entry();
            });
            known(name).update(changed.get(0));
            return changed.get(0);
        }
    }

    private CollectionInfo changed(CollectionInfo info, UnaryOperator<CollectionSpec> change) {
        CollectionSpec old = info.spec();
        CollectionSpec spec = change.apply(old);
        if (!spec.name().equals(old.name()) || spec.dimension() != old.dimension() || spec.metric() != old.metric()) {
            throw new IllegalArgumentException(
                    "name, dimension and metric of a collection do not change, collection=" + old.name());
        }
        checkSettings(spec, old.settings());
        checkColumns(spec, old);
        return new CollectionInfo(info.id(), spec, info.created(), now());
    }

    /** A store has columns of that type already. */
    private static void checkColumns(CollectionSpec spec, CollectionSpec old) {
        for (Column before : old.columns()) {
            for (Column column : spec.columns()) {
                if (column.name().equalsIgnoreCase(before.name()) && !column.equals(before)) {
                    throw new IllegalArgumentException("name and type of a column do not change, column=" + before
                            + ", wanted=" + column + ", collection=" + old.name());
                }
            }
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
        gate.pass(() -> dropped(name));
    }

    /**
     * Names one who is told of each collection that is dropped here, when that is durable.
     *
     * @param listener is called by who drops it
     */
    public void whenDropped(Consumer<CollectionInfo> listener) {
        whenDropped = listener;
    }

    private CollectionRecord dropped(String name) {
        CollectionRecord dropped;
        OpenCollection collection;
        synchronized (changes) {
            append(() -> known(name).record().dropped().entry());
            collection = collections.remove(name);
            dropped = collection.record().dropped();
        }
        CollectionLogs.close(collection);
        attendance.remove(dropped);
        whenDropped.accept(dropped.info());
        return dropped;
    }

    /**
     * A collection with its log. One that another process has created is opened, and thereby taken over.
     *
     * @param name the collection's name
     * @return the collection
     * @throws CollectionNotFoundException if no collection has that name
     */
    public OpenCollection collection(String name) {
        if (!collections.containsKey(name)) {
            look();
        }
        OpenCollection collection = known(name);
        if (collection.opening() instanceof Opening.Elsewhere) {
            collection.directory().ifPresent(directory -> CollectionLogs.openIfElsewhere(collection, directory));
            confirmed(collection);
        }
        return collection;
    }

    /**
     * Looks at the catalog again behind the fence of a collection: one who moves it says that he is about to, looks for such a
     * fence then, and moves it only if he may still. So he sees the fence, or is seen here, and is told not to.
     *
     * @return whether the collection takes appends that did not before
     */
    private boolean confirmed(OpenCollection collection) {
        if (collection.unconfirmed().isEmpty()) {
            return false;
        }
        try {
            synchronized (changes) {
                requireThere();
                look();
                moves.takeBack(collection);
            }
            return CollectionLogs.confirm(collection);
        } catch (SeawallException e) {
            CollectionLogs.giveUp(collection, e);
            return false;
        }
    }

    private OpenCollection known(String name) {
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

    /**
     * Who opens the collections, directory by directory.
     *
     * @return always the same
     */
    public Attendance attendance() {
        return attendance;
    }

    /**
     * Who brings collections over from one place to another.
     *
     * @return always the same
     */
    public CollectionMoves moves() {
        return moves;
    }

    /** What the catalog says of collections that move. */
    private final class MoveRecords implements CollectionMoves.Records {
        @Override
        public List<OpenCollection> say(List<OpenCollection> some, CollectionMoves.Change change) {
            synchronized (changes) {
                requireThere();
                if (failure().isPresent()) {
                    learn();
                }
                List<OpenCollection> said = new ArrayList<>();
                appendAll(() -> {
                    said.clear();
                    some.stream()
                            .filter(StoredCatalog.this::present)
                            .filter(change::holds)
                            .forEach(said::add);
                    return said.stream()
                            .map(collection -> change.of(collection).entry())
                            .toList();
                });
                said.forEach(collection -> collection.moved(change.of(collection)));
                return said;
            }
        }

        @Override
        public void settle(List<OpenCollection> some) {
            synchronized (changes) {
                requireThere();
                learn();
                // said once more, so that what is still on its way finds its name taken
                appendAll(() -> some.stream()
                        .filter(StoredCatalog.this::present)
                        .map(collection -> collection.record().entry())
                        .toList());
            }
        }

        @Override
        public void look() {
            StoredCatalog.this.look();
        }

        @Override
        public boolean away() {
            return waiting().isPresent();
        }
    }

    /** What was read is not read again while its services are away. */
    private void requireThere() {
        waiting().ifPresent(why -> {
            throw new LogUnavailableException(
                    "catalog cannot be read at present, catalog=" + session.catalogRoot() + ": " + why);
        });
    }

    private boolean present(OpenCollection collection) {
        return collections.get(collection.info().name()) == collection;
    }

    /** Finishes what was submitted to any collection, then closes all files. */
    @Override
    public void close() {
        attendance.closeAll();
        synchronized (changes) {
            records.close();
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

    /**
     * Through which all changes of the catalog go, with the files of collections that are made or removed by them.
     *
     * @return held while services change, or the catalog's are away
     */
    public SessionGate gate() {
        return gate;
    }

    /**
     * Seals and closes the catalog's own log, whose services go. Collections are listed and found meanwhile.
     *
     * @param why in words for those who want to change it
     */
    public void hold(String why) {
        synchronized (changes) {
            records.hold(why);
        }
    }

    /**
     * Closes the catalog's own log, which is moved. It is read again wherever it goes on, see {@link #goOn(CatalogPlace)}.
     *
     * @param why in words for those who want to change it
     */
    public void leave(String why) {
        synchronized (changes) {
            records.leave(why);
        }
    }

    /**
     * Goes on with other services.
     *
     * @param next what to read and write the catalog with
     * @throws SeawallException if the catalog cannot be continued with them; it stays as it was
     */
    public void goOn(Session next) {
        goOn(new CatalogPlace(next, session.catalogRoot()));
    }

    /**
     * Goes on in the same place or in the one that the catalog was moved to, or from.
     *
     * @param next where the catalog is, and what to read and write it with
     * @throws SeawallException if the catalog cannot be continued there; it stays as it was
     */
    public void goOn(CatalogPlace next) {
        synchronized (changes) {
            boolean moved = !next.root().equals(session.catalogRoot());
            boolean readAgain = records.goOn(next);
            session = session.with(next);
            if (moved) {
                endMove();
            }
            if (readAgain) {
                takeUp();
            }
        }
    }

    /** The catalog is here whether it says that its move is over or not; the next start says it otherwise. */
    private void endMove() {
        try {
            records.settleMove();
        } catch (SeawallException e) {
            LOG.warn("end of a move not written to the catalog, catalog={}", session.catalogRoot(), e);
        }
    }

    /**
     * Where the catalog is.
     *
     * @return the place, with what it is read and written with
     */
    public CatalogPlace place() {
        return session.place();
    }

    /** Where to a move was undone when the catalog was read. */
    Optional<Location> undone() {
        return records.undone();
    }

    /**
     * How much the catalog holds.
     *
     * @return the sequence of the newest change that was read or made
     */
    public long lastSequence() {
        synchronized (changes) {
            return records.lastSequence();
        }
    }

    /**
     * Which move of another process keeps changes away.
     *
     * @return words, or empty
     */
    public Optional<String> moving() {
        return records.moving();
    }

    /**
     * Takes other settings; they hold from now on, also for collections that are open.
     *
     * @param settings what a collection may override
     * @param operationsPerSnapshot after how many changes the catalog is snapshot
     */
    public void take(CollectionSettings settings, int operationsPerSnapshot) {
        synchronized (changes) {
            session = session.with(settings, operationsPerSnapshot);
            records.take(session);
            collections.values().forEach(collection -> collection.effective().update(settings, collection.info()));
        }
    }

    /**
     * What the catalog waits for.
     *
     * @return words, or empty if its services are there
     */
    public Optional<String> waiting() {
        return records.waiting();
    }

    private void readRecords() {
        for (CollectionRecord found : records.all()) {
            if (found.dropping()) {
                attendance.removeLater(found);
            } else {
                add(found, new Opening.Recovering(new Progress()));
            }
        }
    }

    /** Learns what others have changed, where there may be others. */
    private void look() {
        synchronized (changes) {
            if (records.changed()) {
                learn();
            }
        }
    }

    /** Files of what another drops are that one's to remove, or the next start's. */
    private void learn() {
        records.readAgain();
        takeUp();
    }

    /** Takes up what the records say by now. */
    private void takeUp() {
        Map<UUID, CollectionRecord> found = new HashMap<>();
        records.all().stream()
                .filter(record -> !record.dropping())
                .forEach(record -> found.put(record.info().id(), record));
        for (OpenCollection known : collections.values()) {
            CollectionRecord record = found.remove(known.info().id());
            if (record == null) {
                collections.remove(known.info().name());
                CollectionLogs.close(known);
            } else if (known.moves()
                    || record.place().storage().equals(known.place().storage())
                    || record.place().first()) {
                known.update(record.info());
                known.moved(record.place().first() ? known.record() : record);
            } else {
                collections.remove(known.info().name());
                CollectionLogs.close(known);
                found.put(record.info().id(), record);
            }
        }
        found.values().forEach(record -> add(record, new Opening.Elsewhere()));
    }

    private void add(CollectionRecord found, Opening opening) {
        String name = found.info().name();
        OpenCollection waiting = new OpenCollection(
                found,
                new EffectiveSettings(session.settings(), found.info()),
                session.directories().of(found.place()),
                opening);
        if (collections.putIfAbsent(name, waiting) != null) {
            throw new LogCorruptException(
                    "two collections of one name", "one", "two", 0, session.catalogRoot() + ", name=" + name);
        }
    }

    /** The drop is durable: if the files cannot be removed now, it is tried again later. */
    private boolean removeFiles(CollectionRecord dropped, StorageDirectory directory) {
        CollectionInfo info = dropped.info();
        try {
            CollectionLogs.remove(dropped, directory);
            append(() -> Entry.delete(info.id().toString()));
            return true;
        } catch (IOException | SeawallException e) {
            LOG.warn("files of a dropped collection not removed, tried again, directory={}", info.id(), e);
            return false;
        }
    }

    /** Makes a change. If others were first it learns theirs, and asks anew what the change is, which may be none any more. */
    private void append(Supplier<Entry> change) {
        appendAll(() -> List.of(change.get()));
    }

    private void appendAll(Supplier<List<Entry>> change) {
        synchronized (changes) {
            for (int attempt = 1; ; attempt++) {
                List<Entry> entries = change.get();
                try {
                    if (!entries.isEmpty()) {
                        records.append(entries);
                    }
                    return;
                } catch (LogFencedException e) {
                    records.refuseToGoOn(attempt, e);
                    learn();
                }
            }
        }
    }

    private Instant now() {
        return records.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
