package org.seawall.core.flush;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.Setting;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Storage;

/** A catalog with one collection of vectors beside a sink, all on one storage, in one thread. */
final class FlushedLog implements AutoCloseable {
    static final List<String> IDS = List.of("a", "b", "c", "d", "e", "r", "y", "z");

    private static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 2);
    private static final AvroSerializer AVRO = new AvroSerializer(1 << 20);
    private static final String NAME = "v";

    private final FileSink sink;
    private final StoredCatalog catalog;
    private final Flushes flushes;

    private FlushedLog(Storage storage, StoredCatalog catalog) {
        this.catalog = catalog;
        sink = new FileSink(storage.files(), storage.directory().child("sink"));
        flushes = new Flushes("test", catalog::all, () -> 0, () -> 1);
    }

    static FlushedLog open(Storage storage, WriteStrategy strategy, Clock clock) {
        StorageDirectory directory = new StorageDirectory(
                "test", storage.directory().toString(), new DirectoryThreads(Runnable::run, Runnable::run));
        directory.offer(session(storage, strategy, clock));
        // flushed by hand only
        CollectionSettings settings =
                CollectionSettings.of(Map.of(Setting.FLUSH_BYTES, 0L, Setting.FLUSH_MILLIS, 0L, Setting.ARCHIVES, 2L));
        return new FlushedLog(
                storage,
                StoredCatalog.open(new CatalogSession(
                        "test",
                        session(storage, new ObjectStrategy(), clock),
                        storage.directory().child("catalog"),
                        new Directories(List.of(directory)),
                        settings,
                        4)));
    }

    private static Session session(Storage storage, WriteStrategy strategy, Clock clock) {
        return new Session(
                new Backend(storage.files(), strategy, AVRO, List.of(AVRO), clock), SETTINGS, Runnable::run, "test");
    }

    void create() {
        if (catalog.find(NAME).isEmpty()) {
            catalog.create(CollectionSpec.vectors(NAME, 2, Metric.L2));
        }
    }

    OpenCollection collection() {
        return catalog.collection(NAME);
    }

    FileSink sink() {
        return sink;
    }

    FlushSource.Attachment attach() {
        return flushes.attach(sink);
    }

    Optional<LoggedEntry> get(String id) {
        return flushes.get(collection(), id, System.currentTimeMillis());
    }

    String detail() {
        return flushes.detail(collection());
    }

    interface Work {
        void run() throws IOException;
    }

    /** Does something while the sink is attached. */
    void attached(Work work) throws IOException {
        FlushSource.Attachment attachment = attach();
        try {
            work.run();
        } finally {
            attachment.close();
        }
    }

    void append(Entry... batch) {
        collection().log().append(AVRO.encode(List.of(batch), 1)).join();
    }

    long flush() {
        return flushes.flush(collection());
    }

    /** What is live by id, in log and sink as one, read as a search does; and the same id by id. */
    SortedMap<String, Long> live() throws IOException {
        SortedMap<String, Long> live = asOne();
        SortedMap<String, Long> looked = new TreeMap<>();
        long now = System.currentTimeMillis();
        for (String id : IDS) {
            flushes.get(collection(), id, now).map(LoggedEntry::sequence).ifPresent(there -> looked.put(id, there));
        }
        if (!looked.equals(live)) {
            throw new AssertionError("found otherwise one by one, all=" + live + ", one by one=" + looked);
        }
        return live;
    }

    private SortedMap<String, Long> asOne() {
        flushes.requireReadable(collection());
        FileSink.Content held = sink.shown(collection().info());
        LiveEntries entries = new MemtableEntries(
                collection().info(), collection().memory().memtable().present(System.currentTimeMillis()));
        if (entries.released() > held.flushed() || held.flushed() > entries.upTo()) {
            throw new AssertionError(
                    "released=" + entries.released() + ", flushed=" + held.flushed() + ", last=" + entries.upTo());
        }
        SortedMap<String, Long> live = new TreeMap<>();
        held.live(System.currentTimeMillis()).forEach((id, sequence) -> {
            if (!entries.changed(id, held.flushed())) {
                live.put(id, sequence);
            }
        });
        while (entries.next()) {
            if (entries.sequence() > held.flushed()) {
                live.put(entries.entry().id(), entries.sequence());
            }
        }
        return live;
    }

    static Entry put(String id) {
        return Entry.vector(id, 1, 0.5f);
    }

    static Entry past(String id) {
        return put(id).withExpiry(Instant.ofEpochMilli(1));
    }

    @Override
    public void close() {
        flushes.close();
        catalog.close();
    }
}
