package org.seawall.core;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.seawall.Acknowledgement;
import org.seawall.CollectionStatus;
import org.seawall.CollectionView;
import org.seawall.DirectoryStatus;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogFencedException;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.PointInTime;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.Catalog;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.directory.StorageLock;
import org.seawall.core.engine.Appended;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Causes;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Signal;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.spi.serializer.EncodedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that works: from its opening to its close. It is opened in two steps: the catalog is read, then the collections are
 * recovered, which may take long, and {@link #status} tells how far it is.
 */
final class OpenLog implements WriteAheadLog, FlushSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);
    private static final long LOOK_MILLIS = 100;

    private final LogSettings settings;
    private final LogThreads threads;
    private final StorageLock lock;
    private final Sessions sessions;
    private final CatalogSession session;
    private final StoredCatalog catalog;
    private final Budgets budgets;
    private final Views views;
    private volatile Binding binding;
    private volatile boolean recovered;
    private volatile boolean closed;

    private OpenLog(LogSettings settings, Binding binding, Opened opened) {
        this.settings = settings;
        this.binding = binding;
        this.threads = opened.threads();
        this.lock = opened.lock();
        this.sessions = opened.sessions();
        this.session = opened.session();
        this.catalog = opened.catalog();
        this.budgets = new Budgets(settings, this::memoryBytes, opened.room());
        this.views = new Views(settings.limits(), this::entryBytes, opened.room(), settings.name());
    }

    /** What an opening acquires. */
    private record Opened(
            LogThreads threads,
            StorageLock lock,
            Signal room,
            Sessions sessions,
            CatalogSession session,
            StoredCatalog catalog) {}

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
        StorageLock lock =
                StorageLock.ofCatalog(binding.catalogFiles(), settings.storage().catalog(), "log " + settings.name());
        LogThreads threads = new LogThreads(
                settings.name(),
                settings.storage().urls().size(),
                settings.storage().commitThreads(),
                settings.recovery());
        try {
            Signal room = new Signal();
            Sessions sessions = new Sessions(settings, threads, room);
            CatalogSession session = sessions.catalog(binding);
            StoredCatalog catalog = StoredCatalog.read(session);
            return new OpenLog(settings, binding, new Opened(threads, lock, room, sessions, session, catalog));
        } catch (RuntimeException e) {
            threads.close();
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
        List<StorageDirectory> directories = session.directories().all();
        if (all.isDone() && directories.stream().noneMatch(StorageDirectory::up)) {
            throw new LogUnavailableException(directories.get(0).detail());
        }
        for (int i = 0; i < directories.size(); i++) {
            Maintenance maintenance = new Maintenance(catalog, directories.get(i), Clock.systemUTC(), System::nanoTime);
            threads.everySecond(i, maintenance::run);
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
        long progress = session.directories().all().stream()
                .filter(StorageDirectory::up)
                .count();
        for (OpenCollection collection : catalog.all()) {
            progress += collection.opening() instanceof Opening.Recovering recovering
                    ? recovering.progress().readBytes()
                    : collection.logBytes() + 1;
        }
        return progress;
    }

    Binding binding() {
        return binding;
    }

    /**
     * Takes up the services of directories that have changed: closes the collections of those whose services go, and opens
     * those of directories whose services are there. The rest goes on.
     */
    void rebind(Binding wanted) {
        List<StorageDirectory> directories = session.directories().all();
        for (int i = 0; i < directories.size(); i++) {
            Binding.Directory now = wanted.directories().get(i);
            if (!binding.directories().get(i).equals(now)) {
                rebind(i, wanted, directories.get(i));
            }
        }
        binding = wanted;
    }

    private void rebind(int index, Binding wanted, StorageDirectory directory) {
        Binding.Directory now = wanted.directories().get(index);
        catalog.attendance().suspend(directory, now.services().isPresent() ? "services change" : now.missing());
        now.services().ifPresent(services -> {
            directory.offer(sessions.session(wanted, index, services));
            directory.threads().attendant().execute(() -> catalog.attendance().attend(directory));
        });
    }

    /** Whether the catalog takes no more changes, so that the log has to be opened anew. */
    boolean catalogFailed() {
        return catalog.failure().isPresent();
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
        return append(catalog.collection(collection), batch, Optional.empty());
    }

    @Override
    public CompletableFuture<SequenceRange> append(String collection, List<Entry> batch, Acknowledgement level) {
        requireOpen();
        return append(catalog.collection(collection), batch, Optional.of(level));
    }

    private CompletableFuture<SequenceRange> append(
            OpenCollection target, List<Entry> batch, Optional<Acknowledgement> level) {
        BatchLog log = target.log();
        BatchCheck check = new BatchCheck(target);
        check.check(batch);
        EncodedBatch encoded = binding.serializer().encode(batch, System.currentTimeMillis());
        check.check(encoded);
        log.failure().ifPresent(failure -> {
            if (failure instanceof LogFencedException) {
                throw new LogFencedException(
                        "another writer has taken the collection over, collection="
                                + target.info().name(),
                        failure);
            }
            throw new LogUnavailableException(
                    "collection takes no appends until it has recovered from a failure of its storage, collection="
                            + target.info().name(),
                    failure);
        });
        Budget budget =
                budgets.of(session.directories().indexOf(target.directory().orElseThrow()));
        budget.take(encoded.sizeBytes());
        try {
            Appended appended =
                    log.append(encoded, level.orElse(target.settings().acknowledgement()));
            CompletableFuture<SequenceRange> settled =
                    appended.durable().whenComplete((range, failure) -> budget.giveBack(encoded.sizeBytes()));
            // who waits for the force finds the bytes given back
            return appended.acknowledged() == appended.durable() ? settled : appended.acknowledged();
        } catch (SeawallException e) {
            budget.giveBack(encoded.sizeBytes());
            throw e;
        }
    }

    @Override
    public Optional<LoggedEntry> get(String collection, String id) {
        requireOpen();
        return catalog.collection(collection).log().memtable().get(id, System.currentTimeMillis());
    }

    @Override
    public LogReader read(String collection, long fromSequence) {
        requireOpen();
        return catalog.collection(collection).log().read(fromSequence);
    }

    @Override
    public Optional<String> roll(String collection) {
        requireOpen();
        return catalog.collection(collection).log().roll();
    }

    @Override
    public long snapshot(String collection) {
        requireOpen();
        return catalog.collection(collection).log().snapshot();
    }

    @Override
    public long compact(String collection) {
        requireOpen();
        return catalog.collection(collection).log().compact();
    }

    @Override
    public List<LoggedEntry> history(String collection, String id) {
        requireOpen();
        return catalog.collection(collection).log().memtable().history(id);
    }

    @Override
    public CollectionView view(String collection, PointInTime at) {
        requireOpen();
        BatchLog log = catalog.collection(collection).log();
        return views.open(room -> log.view(at, room));
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
        return new MemtableEntries(target.info(), target.log().memtable().live(System.currentTimeMillis()));
    }

    @Override
    public LogStatus status() {
        List<CollectionStatus> collections =
                catalog.all().stream().map(OpenCollection::status).toList();
        return new LogStatus(
                settings.name(),
                state(),
                catalog.failure()
                        .map(e -> "catalog takes no changes since its storage failed: " + Causes.line(e))
                        .orElse(""),
                settings.storage().roots().get(0).toString(),
                binding.serializer().format(),
                strategies(),
                budgets.usage(),
                directories(collections),
                collections);
    }

    private LogState state() {
        if (closed) {
            return LogState.CLOSED;
        }
        return recovered ? LogState.OPEN : LogState.RECOVERING;
    }

    private String strategies() {
        return binding.directories().stream()
                .flatMap(directory -> directory.services().stream())
                .map(services -> services.strategy().name())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private List<DirectoryStatus> directories(List<CollectionStatus> collections) {
        return session.directories().all().stream()
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
        budgets.close();
        catalog.close();
        threads.close();
        lock.close();
    }

    private long memoryBytes() {
        return entryBytes() + views.bytes();
    }

    private long entryBytes() {
        long bytes = 0;
        for (OpenCollection collection : catalog.all()) {
            bytes +=
                    collection.openLog().map(log -> log.memtable().batchBytes()).orElse(0L);
        }
        return bytes;
    }

    private void requireOpen() {
        if (closed) {
            throw new LogClosedException("log is closed, log=" + settings.name());
        }
    }
}
