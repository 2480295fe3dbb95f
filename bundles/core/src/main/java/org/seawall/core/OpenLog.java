package org.seawall.core;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seawall.Acknowledgement;
import org.seawall.CollectionStatus;
import org.seawall.CollectionView;
import org.seawall.DirectoryStatus;
import org.seawall.Entry;
import org.seawall.LiveScan;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.PointInTime;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.Catalog;
import org.seawall.core.catalog.CatalogPlace;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.catalog.CatalogStart;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.Place;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.directory.StorageLock;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Causes;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Signal;
import org.seawall.core.flush.Flushes;
import org.seawall.core.flush.MemtableEntries;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that works: from its opening to its close. It is opened in two steps: the catalog is read, then the collections are
 * recovered, which may take long, and {@link #status} tells how far it is.
 */
final class OpenLog implements WriteAheadLog, FlushSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);
    private static final long LOOK_MILLIS = 100;

    private volatile LogSettings settings;
    private final LogThreads threads;
    private final SessionChange change;
    private final Directories directories;
    private final Sessions sessions;
    private final StoredCatalog catalog;
    private final Budgets budgets;
    private final Appends appends;
    private final Views views;
    private final Flushes flushes;
    private volatile boolean recovered;
    private volatile boolean closed;

    private OpenLog(LogSettings settings, SessionChange change, Opened opened) {
        this.settings = settings;
        this.change = change;
        this.threads = opened.threads();
        this.directories = opened.directories();
        this.sessions = opened.sessions();
        this.catalog = opened.catalog();
        this.budgets = new Budgets(settings, this::memoryBytes, opened.room());
        this.appends = new Appends(directory -> budgets.of(directories.indexOf(directory)));
        this.views = new Views(settings.limits(), this::entryBytes, opened.room(), settings.name());
        this.flushes = new Flushes(
                settings.name(),
                catalog::all,
                () -> this.settings.backendTimeoutMillis(),
                () -> this.settings.flushThreads());
        catalog.whenDropped(flushes::dropped);
    }

    /** What an opening acquires. */
    private record Opened(
            LogThreads threads, Signal room, Directories directories, Sessions sessions, StoredCatalog catalog) {}

    /**
     * Locks the storage, recovers catalog and collections, and takes appends from then on.
     *
     * @throws IOException if the storage is locked by another process or fails
     * @throws org.seawall.SeawallException if the catalog cannot be read, or no directory is available
     */
    static OpenLog open(LogSettings settings, Binding binding) throws IOException {
        OpenLog log = begin(settings, binding);
        try {
            log.recover();
            return log;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /**
     * Locks the catalog and reads it.
     *
     * @throws IOException if the storage is locked by another process or fails
     * @throws org.seawall.SeawallException if the catalog cannot be read
     */
    static OpenLog begin(LogSettings settings, Binding binding) throws IOException {
        return begin(settings, binding, Elsewhere.nothing());
    }

    /**
     * Locks the catalog and reads it, after it was brought to where it is configured, if it was elsewhere.
     *
     * @throws IOException if the storage is locked by another process or fails
     * @throws org.seawall.SeawallException if the catalog cannot be read, or brought there
     */
    static OpenLog begin(LogSettings settings, Binding binding, Elsewhere elsewhere) throws IOException {
        LogThreads threads = new LogThreads(
                settings.name(),
                settings.storage().urls().size(),
                settings.storage().commitThreads(),
                settings.recovery());
        try {
            return begin(settings, binding, threads, elsewhere);
        } catch (IOException | RuntimeException e) {
            threads.close();
            throw e;
        }
    }

    private static OpenLog begin(LogSettings settings, Binding binding, LogThreads threads, Elsewhere elsewhere)
            throws IOException {
        Signal room = new Signal();
        Sessions sessions = new Sessions(settings, threads, room);
        CatalogSession session = sessions.first(binding);
        StorageLock lock = sessions.catalogLock(session.place());
        try {
            CatalogStart.Started started = new CatalogStart(
                            session,
                            elsewhere.remembered(),
                            root -> new CatalogPlace(sessions.catalog(elsewhere.at(root)), root))
                    .read();
            StoredCatalog catalog = started.catalog();
            CatalogChange ofCatalog =
                    new CatalogChange(new CatalogChange.Parts(catalog, lock, started.old()), sessions, elsewhere);
            SessionChange.Parts parts = new SessionChange.Parts(
                    catalog, ofCatalog, session.directories().all(), sessions);
            return new OpenLog(
                    settings,
                    new SessionChange(settings, parts, threads, binding),
                    new Opened(threads, room, session.directories(), sessions, catalog));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Recovers the collections of all directories at the same time, and returns when every one is open or known to be
     * unavailable. A directory that does not answer is not waited for while nothing else gets on: its collections come
     * up when it does.
     *
     * @throws LogUnavailableException if no directory is available
     */
    void recover() {
        CompletableFuture<Void> all = catalog.attendance().attendAll();
        awaitUnlessStalled(all);
        List<StorageDirectory> several = directories.all();
        if (all.isDone() && several.stream().noneMatch(StorageDirectory::up)) {
            throw new LogUnavailableException(several.get(0).detail());
        }
        for (int i = 0; i < several.size(); i++) {
            Maintenance maintenance = new Maintenance(catalog, several.get(i), Clock.systemUTC(), System::nanoTime);
            threads.everySecond(i, maintenance::run);
            int index = i;
            threads.everySecond(i, () -> change.bringOverIfDue(index));
        }
        recovered = true;
    }

    private void awaitUnlessStalled(CompletableFuture<Void> all) {
        long last = -1;
        long sinceNanos = System.nanoTime();
        while (!done(all)) {
            long now = progress();
            if (now != last) {
                last = now;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos
                    > TimeUnit.MILLISECONDS.toNanos(settings.recovery().stallMillis())) {
                catalog.attendance().settle();
                LOG.warn("log opens without a storage that does not answer, log={}", settings.name());
                return;
            }
        }
    }

    private static boolean done(CompletableFuture<Void> all) {
        try {
            all.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted while collections were recovered", e);
        } catch (ExecutionException e) {
            throw new LogUnavailableException("collections not recovered", e.getCause());
        }
    }

    /** A number that changes whenever a recovery gets any further. */
    private long progress() {
        long progress = directories.all().stream().filter(StorageDirectory::up).count();
        for (OpenCollection collection : catalog.all()) {
            progress += collection.opening() instanceof Opening.Recovering recovering
                    ? recovering.progress().readBytes()
                    : collection.logBytes() + 1;
        }
        return progress;
    }

    /** Which services it works with, or is about to, and how it changes to others. */
    SessionChange change() {
        return change;
    }

    /** How much the catalog holds. */
    long catalogSequence() {
        return catalog.lastSequence();
    }

    /** Of each directory the URLs of the places, other than its own, that services are needed for since collections move from there. */
    List<Set<String>> olds() {
        return directories.all().stream()
                .map(directory -> catalog.attendance().olds(directory).stream()
                        .map(Place::url)
                        .collect(Collectors.toSet()))
                .toList();
    }

    /**
     * Takes other settings; they hold from now on. Its services, and the places of its directories, are changed apart from
     * that.
     */
    void take(LogSettings next) {
        settings = next;
        sessions.take(next);
        threads.resize(next.storage().commitThreads(), next.recovery());
        change.timeoutMillis(next.backendTimeoutMillis());
        budgets.limits(next.limits());
        views.limits(next.limits());
        catalog.take(next.collections(), next.storage().catalogSnapshotChanges());
        for (int i = 0; i < directories.all().size(); i++) {
            directories.all().get(i).reading(sessions.reading(i));
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Catalog catalog() {
        requireOpen();
        return catalog;
    }

    @Override
    public CompletableFuture<SequenceRange> append(String collection, List<Entry> batch) {
        requireOpen();
        return appends.append(catalog.collection(collection), batch, Optional.empty());
    }

    @Override
    public CompletableFuture<SequenceRange> append(String collection, List<Entry> batch, Acknowledgement level) {
        requireOpen();
        return appends.append(catalog.collection(collection), batch, Optional.of(level));
    }

    @Override
    public Optional<LoggedEntry> get(String collection, String id) {
        requireOpen();
        return flushes.get(catalog.collection(collection), id, System.currentTimeMillis());
    }

    @Override
    public LiveScan scan(String collection) {
        requireOpen();
        return flushes.scan(catalog.collection(collection), System.currentTimeMillis());
    }

    @Override
    public LogReader read(String collection, long fromSequence) {
        requireOpen();
        return catalog.collection(collection).memory().read(fromSequence);
    }

    @Override
    public Optional<String> roll(String collection) {
        requireOpen();
        return onFiles(collection, BatchLog::roll);
    }

    @Override
    public long snapshot(String collection) {
        requireOpen();
        return onWholeFiles(collection, BatchLog::snapshot);
    }

    @Override
    public long compact(String collection) {
        requireOpen();
        return onWholeFiles(collection, BatchLog::compact);
    }

    @Override
    public long flush(String collection) {
        requireOpen();
        OpenCollection target = catalog.collection(collection);
        requireHere(target);
        return flushes.flush(target);
    }

    @Override
    public Attachment attach(FlushSink sink) {
        requireOpen();
        return flushes.attach(sink);
    }

    @Override
    public List<LoggedEntry> history(String collection, String id) {
        requireOpen();
        return catalog.collection(collection).memory().memtable().history(id);
    }

    @Override
    public CollectionView view(String collection, PointInTime at) {
        requireOpen();
        return onFiles(collection, log -> views.open(room -> log.view(at, room)));
    }

    /** Does something with the files of a collection, when their services are there. */
    private <T> T onFiles(String collection, Function<BatchLog, T> work) {
        OpenCollection target = catalog.collection(collection);
        return target.directory()
                .map(directory -> directory.upkeep().pass(() -> work.apply(target.log())))
                .orElseGet(() -> work.apply(target.log()));
    }

    private static void requireHere(OpenCollection collection) {
        if (collection.across()) {
            throw new LogUnavailableException("collection moves from one place to another, nothing was done, try again"
                    + " when it is there, collection=" + collection.info().name());
        }
    }

    /** The same with what replaces files or removes them, which would be against a copy that is made of them. */
    private <T> T onWholeFiles(String collection, Function<BatchLog, T> work) {
        return onFiles(collection, log -> {
            requireHere(catalog.collection(collection));
            return work.apply(log);
        });
    }

    @Override
    public Map<String, String> settings(String collection) {
        requireOpen();
        return catalog.collection(collection).settings().all();
    }

    @Override
    public LiveEntries live(String collection) {
        requireOpen();
        OpenCollection target = catalog.collection(collection);
        flushes.requireReadable(target);
        return new MemtableEntries(target.info(), target.memory().memtable().present(System.currentTimeMillis()));
    }

    @Override
    public LogStatus status() {
        List<CollectionStatus> collections = catalog.all().stream()
                .map(collection -> collection.status(flushes.detail(collection)))
                .toList();
        return new LogStatus(
                settings.name(),
                state(),
                detail(),
                settings.storage().roots().get(0).toString(),
                formats(),
                strategies(),
                budgets.usage(),
                directories(collections),
                collections);
    }

    private LogState state() {
        if (closed) {
            return LogState.CLOSED;
        }
        if (!recovered) {
            return LogState.RECOVERING;
        }
        return waiting().isPresent() ? LogState.WAITING : LogState.OPEN;
    }

    /** What it waits for, if no directory has its services, or has them and does not let callers in yet. */
    private Optional<String> waiting() {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < directories.all().size(); i++) {
            away(i).ifPresent(reasons::add);
        }
        return reasons.size() < directories.all().size() ? Optional.empty() : Optional.of(reasons.get(0));
    }

    /** Why callers are refused in a directory. While its session changes they wait in line, which is no reason. */
    private Optional<String> away(int index) {
        Binding.Directory bound = change.binding().directories().get(index);
        StorageDirectory directory = directories.all().get(index);
        if (bound.services().isEmpty()) {
            return Optional.of(bound.missing());
        }
        boolean refused =
                directory.state() == LogState.WAITING && !directory.appends().held();
        return refused ? Optional.of(directory.detail()) : Optional.empty();
    }

    private String detail() {
        Optional<String> ofCatalog = catalog.waiting()
                .or(catalog::moving)
                .or(() -> catalog.failure().map(e -> "its storage failed: " + Causes.line(e)))
                .map(why -> "catalog takes no changes: " + why);
        return waiting()
                .or(() -> ofCatalog)
                .or(this::wanted)
                .or(() -> change.ofCatalog().detail())
                .or(flushes::detail)
                .orElse("");
    }

    /** What the configuration names and is not there, while the log goes on with what it has. */
    private Optional<String> wanted() {
        return Stream.concat(
                        change.binding().directories().stream(),
                        Stream.of(change.binding().catalog()))
                .map(Binding.Directory::missing)
                .filter(missing -> !missing.isEmpty())
                .findFirst();
    }

    private String formats() {
        return joined(services -> services.formats().serializer().format(), settings.serializer());
    }

    private String strategies() {
        return joined(services -> services.strategy().name(), settings.storage().strategy());
    }

    private String joined(Function<Binding.Services, String> word, String none) {
        String words = change.binding().directories().stream()
                .flatMap(directory -> directory.services().stream())
                .map(word)
                .distinct()
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? none : words;
    }

    private List<DirectoryStatus> directories(List<CollectionStatus> collections) {
        return directories.all().stream()
                .map(directory -> {
                    List<CollectionStatus> here = collections.stream()
                            .filter(collection -> collection.url().equals(directory.url()))
                            .toList();
                    long bytes =
                            here.stream().mapToLong(CollectionStatus::logBytes).sum();
                    return new DirectoryStatus(
                            directory.url(), directory.state(), directory.detail(), here.size(), bytes);
                })
                .toList();
    }

    /** Takes no more appends, finishes what was taken, closes the files and lets the locks go. Again it does nothing. */
    @Override
    public void close() {
        synchronized (budgets) {
            if (closed) {
                return;
            }
            closed = true;
        }
        flushes.close();
        change.refuseAll();
        budgets.close();
        threads.endMoves();
        catalog.close();
        threads.close();
        change.close();
    }

    private long memoryBytes() {
        return entryBytes() + views.bytes();
    }

    private long entryBytes() {
        long bytes = 0;
        for (OpenCollection collection : catalog.all()) {
            bytes += collection
                    .inMemory()
                    .map(log -> log.memtable().batchBytes())
                    .orElse(0L);
        }
        return bytes;
    }

    private void requireOpen() {
        if (closed) {
            throw new LogClosedException("log is closed, log=" + settings.name());
        }
    }
}
