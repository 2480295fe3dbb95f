package org.seawall.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.Acknowledgement;
import org.seawall.CollectionStatus;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LogClosedException;
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
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.engine.Appended;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Causes;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.spi.serializer.EncodedBatch;

/** A log that works: one binding of services over one storage, from its opening to its close. */
final class OpenLog implements WriteAheadLog, FlushSource, AutoCloseable {
    private final LogSettings settings;
    private final Binding binding;
    private final LogThreads threads;
    private final StorageLocks locks;
    private final StoredCatalog catalog;
    private final Budget budget;
    private final Views views;
    private volatile boolean closed;

    private OpenLog(LogSettings settings, Binding binding, Opened opened) {
        this.settings = settings;
        this.binding = binding;
        this.threads = opened.threads();
        this.locks = opened.locks();
        this.catalog = opened.catalog();
        this.budget = new Budget(settings.limits(), this::memoryBytes, settings.name());
        this.views = new Views(settings.limits(), this::entryBytes, settings.name());
        threads.everySecond(() -> catalog.all().forEach(c -> c.openLog().ifPresent(BatchLog::rollIfAged)));
        threads.everySecond(new Maintenance(catalog)::run);
    }

    /** What an opening acquires, in this order. */
    private record Opened(LogThreads threads, StorageLocks locks, StoredCatalog catalog) {}

    /**
     * Locks the storage, recovers catalog and collections, and takes appends from then on.
     *
     * @throws IOException if the storage is locked by another process or fails
     * @throws org.seawall.SeawallException if the catalog cannot be read
     */
    static OpenLog open(LogSettings settings, Binding binding) throws IOException {
        StorageLocks locks = StorageLocks.take(settings, binding);
        LogThreads threads = new LogThreads(settings.name(), settings.commitThreads());
        try {
            StoredCatalog catalog = StoredCatalog.open(Sessions.of(settings, binding, threads));
            return new OpenLog(settings, binding, new Opened(threads, locks, catalog));
        } catch (RuntimeException e) {
            threads.close();
            locks.close();
            throw e;
        }
    }

    Binding binding() {
        return binding;
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
            throw new LogUnavailableException(
                    "collection takes no appends until it has recovered from a failure of its storage, collection="
                            + target.info().name(),
                    failure);
        });
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
                closed ? LogState.CLOSED : LogState.OPEN,
                catalog.failure()
                        .map(e -> "catalog takes no changes since its storage failed: " + Causes.line(e))
                        .orElse(""),
                settings.root().toString(),
                binding.serializer().format(),
                binding.strategy().name(),
                budget.usage(),
                collections);
    }

    /** Takes no more appends, finishes those that were taken, closes the files and lets the locks go. */
    @Override
    public void close() {
        closed = true;
        budget.close();
        catalog.close();
        threads.close();
        locks.close();
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
