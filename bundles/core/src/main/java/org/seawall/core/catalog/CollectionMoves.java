package org.seawall.core.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.seawall.SeawallException;
import org.seawall.core.directory.MovedFrom;
import org.seawall.core.directory.Place;
import org.seawall.core.directory.Site;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.AcrossFiles;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Continuation;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the collections of a directory over from where they are to where the directory is by now. What the catalog says of a
 * collection decides how far it is:
 *
 * <ol>
 *   <li>It is in the old place: everything is there. {@link #switchOver}: it is sealed, begun in the new place, and the catalog
 *       says in one change of all of them that they are in the new place and come from the old one.
 *   <li>It comes from the old one: written in the new place, read across. {@link #copy}: what lies in the old one is copied and
 *       compared.
 *   <li>All is copied, which {@link #settle} makes known: it is read in the new place alone. {@link #clean}: its files in the
 *       old place are deleted.
 *   <li>It comes from nowhere: the old place is let go when that is so of all.
 * </ol>
 *
 * <p>Every step may be repeated, and goes on after a crash. {@link #switchOver} and {@link #settle} are for one who keeps
 * appends and upkeep away; the others pass the gate of the upkeep for each file.
 */
public final class CollectionMoves {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionMoves.class);
    private static final int AT_ONCE = 500;

    private final Collection<OpenCollection> collections;
    private final Supplier<List<CollectionRecord>> dropped;
    private final Records records;
    private final String mover = UUID.randomUUID().toString();
    private final Map<StorageDirectory, List<Begun>> undecided = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** What is to be said of collections. */
    interface Change {
        /** Whether it is still to be said. */
        boolean holds(OpenCollection collection);

        /** The record that says it. */
        CollectionRecord of(OpenCollection collection);
    }

    /** What the catalog says of collections. */
    interface Records {
        /** Says something of several at once, durably, and tells of which: not of those that were dropped. */
        List<OpenCollection> say(List<OpenCollection> some, Change change);

        /** Reads what is said of some, after it could not be told whether something was said; nothing else is said later. */
        void settle(List<OpenCollection> some);

        /** Learns what others have said. */
        void look();

        /** Whether nothing can be said at present, since the services of the catalog are away. */
        boolean away();
    }

    /** A collection that is begun in the new place, where the catalog does not say that it is yet. */
    private record Begun(OpenCollection collection, BatchLog log, CollectionRecord record, String mover) {
        private Place old() {
            return record.from().orElseThrow().place();
        }

        /** What the catalog says by now decides; of a collection that was dropped nothing. */
        private boolean over() {
            return collection.place().equals(record.place());
        }
    }

    CollectionMoves(Collection<OpenCollection> collections, Supplier<List<CollectionRecord>> dropped, Records records) {
        this.collections = collections;
        this.dropped = dropped;
        this.records = records;
    }

    /** Begins nothing more. What is being copied comes to the end of its file. */
    public void stop() {
        stopped = true;
    }

    /**
     * Whether there is anything to bring over, to copy, to delete or to let go.
     *
     * @param directory one of the log's
     * @return false if all is where it belongs
     */
    public boolean due(StorageDirectory directory) {
        return !stopped
                && directory.up()
                && (!directory.olds().sites().isEmpty()
                        || of(directory).anyMatch(collection -> due(collection, directory)));
    }

    private static boolean due(OpenCollection collection, StorageDirectory directory) {
        return elsewhere(collection, directory)
                || collection.readsAcross()
                || from(collection).isPresent();
    }

    /**
     * Whether collections are written in another place than the one where the directory is.
     *
     * @param directory one of the log's
     * @return whether {@link #switchOver} has something to do
     */
    public boolean toSwitch(StorageDirectory directory) {
        return directory.up()
                && !records.away()
                && (undecided(directory) || of(directory).anyMatch(collection -> switchable(collection, directory)));
    }

    /**
     * Whether it is not known where some collections are, since the catalog failed while it was told: they take no appends.
     *
     * @param directory one of the log's
     * @return until {@link #switchOver} could read the catalog
     */
    public boolean undecided(StorageDirectory directory) {
        return undecided.containsKey(directory);
    }

    private static boolean switchable(OpenCollection collection, StorageDirectory directory) {
        return elsewhere(collection, directory)
                && from(collection).isEmpty()
                && collection.inMemory().isPresent()
                && !collection.moves()
                && !collection.failed();
    }

    /**
     * Says of the collections on storages without locks that they are about to be moved, which whoever takes one over takes
     * back; see {@link #takeBack}.
     *
     * @param directory one of the log's
     */
    public void claim(StorageDirectory directory) {
        List<OpenCollection> some = of(directory)
                .filter(collection -> switchable(collection, directory) && !claimed(collection, directory))
                .toList();
        try {
            if (!some.isEmpty()) {
                records.say(some, new Change() {
                    @Override
                    public boolean holds(OpenCollection collection) {
                        return elsewhere(collection, directory)
                                && from(collection).isEmpty();
                    }

                    @Override
                    public CollectionRecord of(OpenCollection collection) {
                        return collection.record().claimed(mover);
                    }
                });
            }
        } catch (SeawallException e) {
            LOG.warn("collections not moved yet, the catalog takes no changes, url={}", directory.url(), e);
        }
    }

    private boolean claimed(OpenCollection collection, StorageDirectory directory) {
        boolean shared =
                directory.olds().site(collection.place()).filter(Site::shared).isPresent();
        return !shared || collection.record().mover().equals(mover);
    }

    /** Takes back that another is about to move a collection, which was taken over from him. */
    void takeBack(OpenCollection collection) {
        String other = collection.record().mover();
        if (other.isEmpty() || other.equals(mover)) {
            return;
        }
        records.say(List.of(collection), new Change() {
            @Override
            public boolean holds(OpenCollection known) {
                return known.record().mover().equals(other);
            }

            @Override
            public CollectionRecord of(OpenCollection known) {
                return known.record().claimed("");
            }
        });
    }

    /**
     * Lets the collections go on where the directory is. One that cannot be begun there goes on where it is, and the reason is
     * in its status.
     *
     * @param directory one of the log's
     */
    public void switchOver(StorageDirectory directory) {
        claim(directory);
        Optional.ofNullable(undecided.remove(directory)).ifPresent(begun -> decide(begun, directory));
        List<OpenCollection> due = of(directory)
                .filter(collection -> switchable(collection, directory) && claimed(collection, directory))
                .toList();
        for (int i = 0; i < due.size() && !undecided(directory); i += AT_ONCE) {
            switchOver(due.subList(i, Math.min(due.size(), i + AT_ONCE)), directory);
        }
    }

    private void switchOver(List<OpenCollection> some, StorageDirectory directory) {
        if (records.away()) {
            return;
        }
        some.forEach(collection -> collection.moves(true));
        List<Begun> begun = begun(some, directory);
        List<OpenCollection> stay = new ArrayList<>(some);
        begun.forEach(one -> stay.remove(one.collection()));
        goOn(stay, directory);
        try {
            records.say(begun.stream().map(Begun::collection).toList(), overs(begun));
            begun.forEach(one -> goOn(one, directory));
        } catch (SeawallException e) {
            LOG.warn("catalog failed while it was told where collections are, it is read again", e);
            decide(begun, directory);
        }
    }

    /** Where they are is what the catalog says; until it can be read nobody goes on. */
    private void decide(List<Begun> begun, StorageDirectory directory) {
        try {
            records.settle(begun.stream().map(Begun::collection).toList());
            begun.forEach(one -> goOn(one, directory));
        } catch (SeawallException e) {
            undecided.put(directory, begun);
            begun.forEach(one -> one.collection().reopened(held(one.collection(), e)));
        }
    }

    private static Opening held(OpenCollection collection, SeawallException cause) {
        Opening now = collection.opening();
        return now instanceof Opening.Held held
                ? new Opening.Held(
                        held.before(),
                        held.end(),
                        "it is not known where it is, since the catalog failed: " + cause.getMessage())
                : now;
    }

    private static Change overs(List<Begun> begun) {
        Map<OpenCollection, Begun> all = new HashMap<>();
        begun.forEach(one -> all.put(one.collection(), one));
        return new Change() {
            @Override
            public boolean holds(OpenCollection collection) {
                Begun one = all.get(collection);
                return collection.place().equals(one.old())
                        && collection.record().mover().equals(one.mover());
            }

            @Override
            public CollectionRecord of(OpenCollection collection) {
                return all.get(collection).record().with(collection.info());
            }
        };
    }

    /** In the new place if it is there by now, in the old one if not. */
    private static void goOn(Begun one, StorageDirectory directory) {
        OpenCollection collection = one.collection();
        if (!one.over()) {
            CollectionLogs.closeFiles(one.log());
            goOn(List.of(collection), directory);
            return;
        }
        synchronized (collection) {
            collection.moves(false);
            if (collection.closed()) {
                CollectionLogs.close(one.log());
                return;
            }
            Optional<BatchLog> before = collection.inMemory();
            collection.readsAcross(true);
            collection.reopened(new Opening.Opened(one.log()));
            collection.moving("moves from " + one.old().url());
            before.filter(log -> log.memtable() != one.log().memtable()).ifPresent(CollectionLogs::close);
        }
    }

    private static void goOn(List<OpenCollection> some, StorageDirectory directory) {
        for (OpenCollection collection : some) {
            collection.moves(false);
            CollectionLogs.open(collection, directory);
        }
    }

    private List<Begun> begun(List<OpenCollection> some, StorageDirectory directory) {
        List<CompletableFuture<Optional<Begun>>> all = some.stream()
                .map(collection -> CompletableFuture.supplyAsync(
                        () -> begun(collection, directory), directory.threads().recoveries()))
                .toList();
        return all.stream().flatMap(one -> one.join().stream()).toList();
    }

    private static Optional<Begun> begun(OpenCollection collection, StorageDirectory directory) {
        synchronized (collection) {
            CollectionLogs.hold(collection, "moves to " + directory.url());
            Optional<Continuation> end =
                    collection.opening() instanceof Opening.Held held ? held.end() : Optional.empty();
            if (collection.closed() || end.isEmpty()) {
                return Optional.empty();
            }
            return begun(collection, end.get(), directory);
        }
    }

    private static Optional<Begun> begun(OpenCollection collection, Continuation end, StorageDirectory directory) {
        Site site = directory.site();
        CollectionRecord record = collection.record();
        CollectionRecord moved =
                record.at(site.place(), Optional.of(new MovedFrom(record.place(), end.crossing(), false)));
        LogLayout there = CollectionLogs.layout(record.info(), site.root());
        try {
            if (end.continued(directory.site(record.place()).session())) {
                waits(collection, directory, "another writer has gone on with it");
                return Optional.empty();
            }
            FileSystem files = site.session().backend().fileSystem();
            if (files.capabilities().contains(Capability.LOCK)) {
                // the rest of an attempt that was cut off: nobody else can have come here
                files.deleteTree(there.directory());
            }
            Opening opening =
                    end.openElsewhere(CollectionLogs.session(moved, collection.effective(), directory), there);
            if (opening instanceof Opening.Opened opened) {
                return Optional.of(new Begun(collection, opened.log(), moved, record.mover()));
            }
            waits(collection, directory, ((Opening.Refused) opening).report().detail());
        } catch (IOException | SeawallException e) {
            waits(collection, directory, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static void waits(OpenCollection collection, StorageDirectory directory, String why) {
        LOG.warn(
                "collection not moved, tried again, collection={}, url={}: {}",
                collection.info().name(),
                directory.url(),
                why);
        collection.moving("not moved to " + directory.url() + " yet: " + why);
    }

    /**
     * Copies what is still in old places alone, file by file, and compares it. Stops when the services change.
     *
     * @param directory one of the log's
     * @param threads copy small files, several at a time
     * @return whether there is a collection all of which is copied, for {@link #settle}
     */
    public boolean copy(StorageDirectory directory, Executor threads) {
        boolean any = false;
        for (OpenCollection collection : of(directory).toList()) {
            any |= collection.record().across() ? copied(collection, directory, threads) : collection.readsAcross();
        }
        return any;
    }

    private boolean copied(OpenCollection collection, StorageDirectory directory, Executor threads) {
        String from = from(collection).orElseThrow().place().url();
        try {
            List<FileInfo> files = new ArrayList<>();
            boolean went = passing(directory, () -> {
                files.addAll(across(collection, directory).before());
                return true;
            });
            went = went
                    && new FileCopies(
                                    file -> passing(directory, () -> {
                                        across(collection, directory).copyOver(file);
                                        return true;
                                    }),
                                    threads,
                                    done -> collection.moving(
                                            "moves from " + from + ": " + done + " of " + files.size() + " files"))
                            .all(files);
            collection.wholeCopy(went);
            return went;
        } catch (IOException | SeawallException e) {
            failed(collection, "moves from " + from, e);
            return false;
        }
    }

    private static AcrossFiles across(OpenCollection collection, StorageDirectory directory) {
        return CollectionLogs.across(collection.record(), directory);
    }

    private interface Step {
        boolean run() throws IOException;
    }

    /** Does something with files while the services stay; false if they change before it is done. */
    private boolean passing(StorageDirectory directory, Step step) throws IOException {
        if (stopped || !directory.upkeep().enter()) {
            return false;
        }
        try {
            return step.run();
        } finally {
            directory.upkeep().leave();
        }
    }

    private static void failed(OpenCollection collection, String what, Exception e) {
        LOG.warn(
                "collection: {}, goes on later, collection={}",
                what,
                collection.info().name(),
                e);
        collection.moving(what + ": " + e.getMessage());
    }

    /**
     * Lets the collections all of which is copied go on without the old place.
     *
     * @param directory one of the log's
     */
    public void settle(StorageDirectory directory) {
        List<OpenCollection> whole = of(directory)
                .filter(collection -> collection.record().across() && collection.wholeCopy())
                .toList();
        try {
            say(whole, from -> Optional.of(from.whole()));
            of(directory)
                    .filter(collection ->
                            collection.readsAcross() && !collection.record().across())
                    .forEach(collection -> {
                        CollectionLogs.hold(collection, "is moved");
                        CollectionLogs.open(collection, directory);
                    });
        } catch (SeawallException e) {
            whole.forEach(collection -> failed(collection, "all is copied, the catalog takes no changes", e));
        }
    }

    private interface Next {
        Optional<MovedFrom> of(MovedFrom from);
    }

    private List<OpenCollection> say(List<OpenCollection> some, Next next) {
        Map<OpenCollection, MovedFrom> before = new HashMap<>();
        some.forEach(collection -> from(collection).ifPresent(from -> before.put(collection, from)));
        return records.say(some, new Change() {
            @Override
            public boolean holds(OpenCollection collection) {
                return from(collection).equals(Optional.ofNullable(before.get(collection)));
            }

            @Override
            public CollectionRecord of(OpenCollection collection) {
                return collection.record().at(collection.place(), next.of(before.get(collection)));
            }
        });
    }

    /**
     * Deletes in old places what is in the new one, and lets those go in which nothing is any more.
     *
     * @param directory one of the log's
     */
    public void clean(StorageDirectory directory) {
        for (OpenCollection collection : of(directory).toList()) {
            if (from(collection).filter(MovedFrom::copied).isPresent()) {
                clean(collection, directory);
            }
        }
        for (Site site : directory.olds().sites()) {
            if (!named(site.place(), Optional.empty())) {
                LOG.info(
                        "place let go, nothing is in it any more, url={}",
                        site.place().url());
                directory.olds().release(site.place());
            }
        }
    }

    private void clean(OpenCollection collection, StorageDirectory directory) {
        Place old = from(collection).orElseThrow().place();
        try {
            boolean done = passing(directory, () -> {
                if (!directory.olds().emptied(old, collection.info().id().toString())) {
                    if (!removedOld(collection, directory)) {
                        return false;
                    }
                    if (!named(old, Optional.of(collection))) {
                        directory.olds().unmark(old);
                    }
                }
                say(List.of(collection), from -> Optional.empty());
                return true;
            });
            if (done) {
                collection.moving("");
                LOG.info(
                        "collection is moved, collection={}, from={}",
                        collection.info().name(),
                        old.url());
            }
        } catch (IOException | SeawallException e) {
            failed(collection, "is moved, its files in " + old.url() + " are still to be deleted", e);
        }
    }

    /** Leaves the rest for later when the services change. */
    private boolean removedOld(OpenCollection collection, StorageDirectory directory) throws IOException {
        CollectionRecord record = collection.record();
        return CollectionLogs.removeOld(record, directory, () -> {
            requireSaid(collection, record);
            return !stopped && !directory.upkeep().held();
        });
    }

    private void requireSaid(OpenCollection collection, CollectionRecord record) throws IOException {
        records.look();
        if (!collection.record().from().equals(record.from())) {
            throw new IOException("collection was moved by another process, nothing more is deleted, collection="
                    + collection.info().name());
        }
    }

    /** Whether any collection but one names a storage. */
    private boolean named(Place storage, Optional<OpenCollection> but) {
        Stream<CollectionRecord> all = Stream.concat(
                collections.stream()
                        .filter(collection -> but.filter(collection::equals).isEmpty())
                        .map(OpenCollection::record),
                dropped.get().stream());
        return all.flatMap(record ->
                        Stream.concat(Stream.of(record.place()), record.from().map(MovedFrom::place).stream()))
                .anyMatch(place -> place.storage().equals(storage.storage()));
    }

    private static Optional<MovedFrom> from(OpenCollection collection) {
        return collection.record().from();
    }

    private static boolean elsewhere(OpenCollection collection, StorageDirectory directory) {
        Place place = collection.place();
        return !place.first() && !directory.storage().equals(Optional.of(place.storage()));
    }

    private Stream<OpenCollection> of(StorageDirectory directory) {
        return collections.stream()
                .filter(collection ->
                        collection.directory().filter(directory::equals).isPresent());
    }
}
