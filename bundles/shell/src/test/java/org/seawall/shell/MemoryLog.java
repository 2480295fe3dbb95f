package org.seawall.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.seawall.Acknowledgement;
import org.seawall.CollectionStatus;
import org.seawall.CollectionView;
import org.seawall.DirectoryStatus;
import org.seawall.Entry;
import org.seawall.LiveScan;
import org.seawall.LogFullException;
import org.seawall.LogMonitor;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUnavailableException;
import org.seawall.LogUsage;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.PointInTime;
import org.seawall.Recovery;
import org.seawall.RecoveryProgress;
import org.seawall.SequenceRange;
import org.seawall.SerializationException;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.Catalog;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;

/** A log that keeps everything in memory and acknowledges at once; it can be told to be full or to lose its storage. */
final class MemoryLog implements WriteAheadLog, LogMonitor, Catalog {
    private final String name;
    private final Map<String, Store> stores = new TreeMap<>();
    private final List<Acknowledgement> levels = new ArrayList<>();
    private int refusals;
    private long storageEnd = Long.MAX_VALUE;
    private int heldBatches;
    private final List<Runnable> held = new ArrayList<>();
    private LogState state = LogState.OPEN;
    private final List<String> moreUrls = new ArrayList<>();

    private static final class Store {
        private CollectionInfo info;
        private final List<LoggedEntry> entries = new ArrayList<>();
        private String url;
        private long segment = 1;
        private int inSegment;
    }

    MemoryLog(String name) {
        this.name = name;
    }

    /** Makes the next appends fail as full. */
    synchronized void refuse(int times) {
        refusals = times;
    }

    /** Lets the storage end at a sequence: what would lie behind it fails. */
    synchronized void endStorageAt(long sequence) {
        storageEnd = sequence;
    }

    /** Keeps the acknowledgements back until so many batches were appended. */
    synchronized void acknowledgeAfter(int batches) {
        heldBatches = batches;
    }

    /** Gives the log another directory beside its first. */
    synchronized void addUrl(String url) {
        moreUrls.add(url);
    }

    synchronized void state(LogState value) {
        state = value;
    }

    synchronized List<LoggedEntry> entries(String collection) {
        return List.copyOf(store(collection).entries);
    }

    /** The levels of the appends that named one. */
    synchronized List<Acknowledgement> levels() {
        return List.copyOf(levels);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Catalog catalog() {
        return this;
    }

    @Override
    public CompletableFuture<SequenceRange> append(
            String collection, List<Entry> batch, Acknowledgement acknowledgement) {
        synchronized (this) {
            levels.add(acknowledgement);
        }
        return append(collection, batch);
    }

    @Override
    public synchronized Map<String, String> settings(String collection) {
        Map<String, String> settings = new TreeMap<>(Map.of("acknowledgement", "DURABLE"));
        settings.putAll(store(collection).info.spec().settings());
        return settings;
    }

    @Override
    public synchronized CompletableFuture<SequenceRange> append(String collection, List<Entry> batch) {
        Store store = store(collection);
        if (batch.isEmpty()) {
            throw new SerializationException("empty batch, collection=" + collection);
        }
        int dimension = store.info.spec().dimension();
        for (Entry entry : batch) {
            if (entry.operation() == Operation.PUT && entry.vector().length != dimension) {
                throw new SerializationException("wrong dimension, expected=" + dimension + ", actual="
                        + entry.vector().length + ", id=" + entry.id() + ", collection=" + collection);
            }
        }
        if (refusals > 0) {
            refusals--;
            throw new LogFullException("memory is full, limit=1000, log=" + name);
        }
        long first = store.entries.size() + 1L;
        if (first + batch.size() - 1 > storageEnd) {
            return held(future -> future.completeExceptionally(new LogUnavailableException(
                    "storage is gone, log=" + name, new IOException("commit failed", new IOException("disk full")))));
        }
        for (Entry entry : batch) {
            Entry timed = entry.timestampMillis() == 0 ? entry.withTimestamp(Instant.ofEpochMilli(1_000)) : entry;
            store.entries.add(new LoggedEntry(store.entries.size() + 1L, timed));
        }
        store.inSegment += batch.size();
        notifyAll();
        SequenceRange range = new SequenceRange(first, store.entries.size());
        return held(future -> future.complete(range));
    }

    private CompletableFuture<SequenceRange> held(Consumer<CompletableFuture<SequenceRange>> end) {
        CompletableFuture<SequenceRange> future = new CompletableFuture<>();
        held.add(() -> end.accept(future));
        if (held.size() >= heldBatches) {
            held.forEach(Runnable::run);
            held.clear();
        }
        return future;
    }

    @Override
    public synchronized Optional<LoggedEntry> get(String collection, String id) {
        return Optional.ofNullable(live(store(collection)).get(id));
    }

    @Override
    public LiveScan scan(String collection) {
        CollectionView view = view(collection, new PointInTime.AtSequence(Long.MAX_VALUE));
        Iterator<LoggedEntry> entries = view.entries();
        return new LiveScan() {
            @Override
            public long sequence() {
                return view.sequence();
            }

            @Override
            public Optional<LoggedEntry> next() {
                return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
            }

            @Override
            public void close() {
                view.close();
            }
        };
    }

    @Override
    public synchronized LogReader read(String collection, long fromSequence) {
        return new Reader(store(collection), Math.max(1, fromSequence));
    }

    @Override
    public synchronized long snapshot(String collection) {
        return store(collection).entries.size();
    }

    @Override
    public synchronized long flush(String collection) {
        return store(collection).entries.size();
    }

    @Override
    public synchronized long compact(String collection) {
        return store(collection).entries.size();
    }

    @Override
    public synchronized List<LoggedEntry> history(String collection, String id) {
        List<LoggedEntry> versions = new ArrayList<>();
        for (LoggedEntry logged : store(collection).entries) {
            if (logged.entry().id().equals(id)) {
                versions.add(0, logged);
            }
        }
        return versions;
    }

    /** Takes the timestamp of an entry for the moment of its commit. */
    @Override
    public synchronized CollectionView view(String collection, PointInTime at) {
        List<LoggedEntry> appended = store(collection).entries.stream()
                .filter(logged -> at instanceof PointInTime.AtSequence point
                        ? logged.sequence() <= point.sequence()
                        : logged.entry().timestampMillis()
                                <= ((PointInTime.AtMoment) at).moment().toEpochMilli())
                .toList();
        return new ListView(
                appended, at instanceof PointInTime.AtMoment point ? point.moment() : Instant.ofEpochMilli(0));
    }

    @Override
    public synchronized Optional<String> roll(String collection) {
        Store store = store(collection);
        if (store.inSegment == 0) {
            return Optional.empty();
        }
        store.inSegment = 0;
        return Optional.of(String.format("wal_%08d_20250628142000.avro", store.segment++));
    }

    @Override
    public synchronized LogStatus status() {
        List<CollectionStatus> states = new ArrayList<>();
        stores.forEach((key, store) -> states.add(new CollectionStatus(
                key,
                store.info.id().toString(),
                store.url,
                state == LogState.RECOVERING ? state : LogState.OPEN,
                "",
                1,
                store.entries.size(),
                0,
                live(store).size(),
                1_234_567,
                store.segment,
                2_000,
                3_000,
                2,
                1,
                new Recovery(Recovery.Verdict.TORN_TAIL, "cut off at offset=100", 1, 2, 3, 4, 5),
                new RecoveryProgress(1_500, 6_000))));
        String detail = state == LogState.OPEN ? "" : "no serializer avro";
        return new LogStatus(
                name, state, detail, url(), "avro", "append", new LogUsage(1, 2, 3, 4, 5, 6, 7), directories(), states);
    }

    private String url() {
        return "mem:" + name;
    }

    private List<DirectoryStatus> directories() {
        List<DirectoryStatus> directories = new ArrayList<>();
        directories.add(new DirectoryStatus(url(), LogState.OPEN, "", stores.size(), 3_000));
        moreUrls.forEach(
                url -> directories.add(new DirectoryStatus(url, LogState.UNAVAILABLE, "it is not mounted", 0, 0)));
        return directories;
    }

    @Override
    public synchronized CollectionInfo create(CollectionSpec spec, String url) {
        if (!url.equals(url()) && !moreUrls.contains(url)) {
            throw new IllegalArgumentException("not a directory of the log, url=" + url);
        }
        CollectionInfo created = create(spec);
        store(spec.name()).url = url;
        return created;
    }

    @Override
    public synchronized CollectionInfo create(CollectionSpec spec) {
        if (stores.containsKey(spec.name())) {
            throw new CollectionExistsException(spec.name(), name);
        }
        Store store = new Store();
        Instant now = Instant.ofEpochMilli(1_000);
        store.info = new CollectionInfo(new UUID(1, stores.size()), spec, now, now);
        store.url = url();
        stores.put(spec.name(), store);
        return store.info;
    }

    @Override
    public synchronized Optional<CollectionInfo> find(String collection) {
        return Optional.ofNullable(stores.get(collection)).map(store -> store.info);
    }

    @Override
    public synchronized List<CollectionInfo> list() {
        return stores.values().stream().map(store -> store.info).toList();
    }

    @Override
    public synchronized CollectionInfo update(String collection, UnaryOperator<CollectionSpec> change) {
        Store store = store(collection);
        store.info = new CollectionInfo(
                store.info.id(), change.apply(store.info.spec()), store.info.created(), Instant.ofEpochMilli(2_000));
        return store.info;
    }

    @Override
    public synchronized void drop(String collection) {
        store(collection);
        stores.remove(collection);
    }

    /** The live entries by id. */
    synchronized Map<String, LoggedEntry> live(String collection) {
        return live(store(collection));
    }

    private static Map<String, LoggedEntry> live(Store store) {
        Map<String, LoggedEntry> live = new HashMap<>();
        for (LoggedEntry logged : store.entries) {
            if (logged.entry().operation() == Operation.DELETE) {
                live.remove(logged.entry().id());
            } else {
                live.put(logged.entry().id(), logged);
            }
        }
        return live;
    }

    private Store store(String collection) {
        Store store = stores.get(collection);
        if (store == null) {
            throw new CollectionNotFoundException(collection, name);
        }
        return store;
    }

    private final class Reader implements LogReader {
        private final Store store;
        private long next;

        Reader(Store store, long next) {
            this.store = store;
            this.next = next;
        }

        @Override
        public Optional<LoggedEntry> poll() {
            synchronized (MemoryLog.this) {
                if (next > store.entries.size()) {
                    return Optional.empty();
                }
                return Optional.of(store.entries.get((int) next++ - 1));
            }
        }

        @Override
        public Optional<LoggedEntry> await(Duration timeout) throws InterruptedException {
            long end = System.nanoTime() + timeout.toNanos();
            synchronized (MemoryLog.this) {
                while (next > store.entries.size() && System.nanoTime() < end) {
                    MemoryLog.this.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                }
                return poll();
            }
        }

        @Override
        public long nextSequence() {
            return next;
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }
}
