package org.seawall.core.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seawall.LogUnavailableException;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.MovedFrom;
import org.seawall.core.directory.Place;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings directories up and opens their collections, several at a time, now and whenever it is asked again; finishes drops.
 * Each directory has its own threads for that, so one that hangs holds up itself.
 */
public final class Attendance {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

    private final Directories directories;
    private final Collection<OpenCollection> collections;
    private final BiPredicate<CollectionRecord, StorageDirectory> remover;
    private final Predicate<OpenCollection> confirming;
    private final Queue<CollectionRecord> dropped = new ConcurrentLinkedQueue<>();

    Attendance(
            Directories directories,
            Collection<OpenCollection> collections,
            BiPredicate<CollectionRecord, StorageDirectory> remover,
            Predicate<OpenCollection> confirming) {
        this.directories = directories;
        this.collections = collections;
        this.remover = remover;
        this.confirming = confirming;
    }

    /**
     * Attends to all directories at the same time.
     *
     * @return completes when every collection is open or known to be unavailable
     */
    public CompletableFuture<Void> attendAll() {
        CompletableFuture<?>[] all = directories.all().stream()
                .map(directory -> CompletableFuture.runAsync(
                        () -> attend(directory), directory.threads().attendant()))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all).thenRun(this::settle);
    }

    /**
     * Brings a directory up if it is down, opens its collections that are not open or have failed, and removes the files
     * of those that were dropped. In the directory's own thread.
     *
     * @param directory one of the log's
     * @return how many collections take appends that did not before
     */
    public int attend(StorageDirectory directory) {
        boolean comesUp = !directory.up();
        if (comesUp && !bringUp(directory)) {
            return 0;
        }
        directory.olds().bringUp(olds(directory));
        int opened = open(of(directory).filter(OpenCollection::mayOpen).toList(), directory);
        if (comesUp) {
            directory.appends().release();
            directory.upkeep().release();
            settle();
        }
        for (CollectionRecord record : List.copyOf(dropped)) {
            if (directories.of(record.place()).filter(directory::equals).isPresent()) {
                remove(record, directory);
            }
        }
        return opened;
    }

    private int open(List<OpenCollection> due, StorageDirectory directory) {
        AtomicInteger opened = new AtomicInteger();
        // one alone is opened by whoever is here
        Executor threads = due.size() == 1 ? Runnable::run : directory.threads().recoveries();
        CompletableFuture<?>[] openings = due.stream()
                .map(collection -> CompletableFuture.runAsync(
                        () -> opened.addAndGet(open(collection, directory) ? 1 : 0), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(openings).join();
        return opened.get();
    }

    /** Puts a storage that turned up under another URL to the collections that are on it. */
    private boolean bringUp(StorageDirectory directory) {
        Set<String> known = storages(Optional.empty());
        if (!directory.bringUp(known, storages(Optional.of(directory.url())))) {
            refuse(of(directory), "directory is unavailable, url=" + directory.url() + ": " + directory.detail());
            return false;
        }
        for (OpenCollection collection : collections) {
            if (collection.place().storage().equals(directory.storage().orElse(""))) {
                collection.directory(Optional.of(directory));
            }
        }
        of(directory)
                .filter(collection -> collection.place().first())
                .forEach(collection -> collection.moved(collection
                        .record()
                        .at(directory.site().place(), collection.record().from())));
        return true;
    }

    /**
     * Takes a directory to another place. What is on it stays where it is, for {@link CollectionMoves} to bring it over.
     *
     * @param directory one of the log's
     * @param url the new place as it is configured
     * @param session reads and writes there
     * @throws IOException if the new place cannot be locked or read; the directory stays where it is
     */
    public void move(StorageDirectory directory, String url, Session session) throws IOException {
        directory.moveTo(url, session, storages(Optional.empty()), storages(Optional.of(url)));
        for (OpenCollection collection : collections) {
            if (collection.place().storage().equals(directory.storage().orElse(""))) {
                collection.directory(Optional.of(directory));
            }
        }
    }

    /**
     * The places that collections of a directory are moved from, or were.
     *
     * @param directory one of the log's
     * @return those that are needed, but for its own
     */
    public List<Place> olds(StorageDirectory directory) {
        Stream<CollectionRecord> records = Stream.concat(
                of(directory).map(OpenCollection::record),
                dropped.stream()
                        .filter(record -> directories
                                .of(record.place())
                                .filter(directory::equals)
                                .isPresent()));
        return records.flatMap(record ->
                        Stream.concat(Stream.of(record.place()), record.from().map(MovedFrom::place).stream()))
                .filter(place -> !place.first())
                .filter(place -> !place.storage().equals(directory.storage().orElse("")))
                .filter(place -> directory.up() || !place.url().equals(directory.url()))
                .distinct()
                .toList();
    }

    /** The records of collections whose files are still to be removed. */
    List<CollectionRecord> dropped() {
        return List.copyOf(dropped);
    }

    private boolean open(OpenCollection collection, StorageDirectory directory) {
        try {
            return CollectionLogs.open(collection, directory) | confirming.test(collection);
        } catch (RuntimeException | Error e) {
            // the root of a thread: the collection is unavailable, whatever it is, and the others are not
            LOG.error("collection not opened, collection={}", collection.info().name(), e);
            CollectionLogs.refuse(collection, new LogUnavailableException("collection not opened, cause=" + e, e));
            return false;
        }
    }

    /**
     * Gives the collections on a storage that none of the directories is to one of these, which brings them over. As long as a
     * directory is down nobody knows what is on it, and they are refused.
     */
    public void settle() {
        boolean known = directories.all().stream().allMatch(StorageDirectory::up);
        for (OpenCollection collection : collections) {
            Place place = collection.place();
            if (collection.directory().isEmpty() && known) {
                collection.directory(Optional.of(adopting(collection)));
                refuse(Stream.of(collection), "is moved to a configured directory, waits for " + place.url());
            } else if (collection.directory().isEmpty()) {
                refuse(
                        Stream.of(collection),
                        "no configured directory is the storage of the collection, as far as they are up; it is moved to"
                                + " one of them when all are, storage="
                                + place.storage() + ", url=" + place.url());
            }
        }
    }

    /** The directory that the collection came from, if it is one of them; else the one with the fewest collections. */
    private StorageDirectory adopting(OpenCollection collection) {
        return collection
                .record()
                .from()
                .flatMap(from -> directories.all().stream()
                        .filter(directory -> directory
                                .storage()
                                .equals(Optional.of(from.place().storage())))
                        .findFirst())
                .orElseGet(() -> directories.all().stream()
                        .min(Comparator.comparingLong(directory -> of(directory).count()))
                        .orElseThrow());
    }

    private static void refuse(Stream<OpenCollection> refused, String why) {
        refused.forEach(collection -> CollectionLogs.holdUnlessOpen(collection, why));
    }

    /**
     * Seals and closes the collections of a directory whose services go, and lets its lock go; see {@link #attend} for how
     * they go on.
     *
     * @param directory one of the log's
     * @param why in words for the status
     */
    public void suspend(StorageDirectory directory, String why) {
        directory.takeDown(why, () -> each(of(directory), collection -> CollectionLogs.hold(collection, why)));
    }

    /** Finishes what was submitted to any collection, closes it, and lets the locks go. Nothing is opened any more. */
    void closeAll() {
        each(collections.stream(), CollectionLogs::close);
        directories.all().forEach(directory -> directory.takeDown("log is closed", () -> {}));
    }

    private static void each(Stream<OpenCollection> some, Consumer<OpenCollection> action) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        some.forEach(collection -> done.add(collection
                .directory()
                .map(directory -> CompletableFuture.runAsync(
                        () -> action.accept(collection), directory.threads().recoveries()))
                .orElseGet(() -> CompletableFuture.runAsync(() -> action.accept(collection), Runnable::run))));
        done.forEach(CompletableFuture::join);
    }

    /** Removes the files of a dropped collection: now if it can be, else when its directory is attended to. */
    void remove(CollectionRecord record) {
        removeLater(record);
        directories.of(record.place()).filter(StorageDirectory::up).ifPresent(directory -> remove(record, directory));
    }

    void removeLater(CollectionRecord record) {
        dropped.add(record);
    }

    private void remove(CollectionRecord record, StorageDirectory directory) {
        // taken out first: of two that try at the same time one does it
        if (directory.upkeep().enter()) {
            try {
                if (dropped.remove(record) && !remover.test(record, directory)) {
                    dropped.add(record);
                }
            } finally {
                directory.upkeep().leave();
            }
        }
    }

    private Stream<OpenCollection> of(StorageDirectory directory) {
        return collections.stream()
                .filter(collection ->
                        collection.directory().filter(directory::equals).isPresent());
    }

    /** The storages of collections, of one URL or of all. */
    private Set<String> storages(Optional<String> url) {
        return Stream.concat(
                        collections.stream().map(OpenCollection::place),
                        dropped.stream().map(CollectionRecord::place))
                .filter(place -> !place.first())
                .filter(place -> url.isEmpty() || place.url().equals(url.get()))
                .map(Place::storage)
                .collect(Collectors.toSet());
    }
}
