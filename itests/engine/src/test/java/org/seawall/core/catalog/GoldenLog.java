package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.Recovery;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/**
 * A small whole log: a catalog with a snapshot and changes behind it, a collection with a snapshot, sealed segments and an
 * active one, and one with nothing but a payload. A new version of a format gets a golden log of what {@link #write} makes.
 */
final class GoldenLog {
    static final BatchSerializer AVRO = new AvroSerializer(1 << 24);
    static final BatchSerializer PROTOBUF = new ProtobufSerializer(1 << 24);
    private static final Instant MOMENT = Instant.parse("2025-06-28T14:20:00Z");
    static final CollectionSpec DIGITS = CollectionSpec.vectors("digits", 2, Metric.COSINE)
            .withOwner("ops")
            .withTags(Map.of("tier", "1"))
            .withSettings(Map.of("archives", "3"));

    /** What the logs of versions 1 and 2 say, which were written before settings were checked. */
    static final Map<String, String> UNCHECKED = Map.of("a.b", "c");

    private static final Entry FULL = Entry.vector("full", 0.5f, -0f)
            .withMetadata(Map.of("text", "防波堤 🌊"))
            .withPayload(new byte[] {0, -1, 127})
            .withTimestamp(MOMENT);
    private static final Entry LAST = Entry.payload("", new byte[] {42}).withTimestamp(MOMENT);

    private final FileSystem files;
    private final Location home;
    private final BatchSerializer serializer;
    private final Executor threads;

    GoldenLog(FileSystem files, Location home, BatchSerializer serializer, Executor threads) {
        this.files = files;
        this.home = home;
        this.serializer = serializer;
        this.threads = threads;
    }

    BatchSerializer serializer() {
        return serializer;
    }

    StoredCatalog open() {
        StorageDirectory directory =
                new StorageDirectory("golden", home.toString(), new DirectoryThreads(Runnable::run, threads));
        directory.offer(session(new AppendStrategy()));
        return StoredCatalog.open(new CatalogSession(
                "golden",
                session(new ObjectStrategy()),
                home.child("catalog"),
                new Directories(List.of(directory)),
                CollectionSettings.of(Map.of()),
                4));
    }

    private Session session(WriteStrategy strategy) {
        Clock clock = Clock.fixed(MOMENT, ZoneOffset.UTC);
        Backend backend = new Backend(files, strategy, serializer, List.of(AVRO, PROTOBUF), clock);
        return new Session(backend, new EngineSettings(1 << 20, 0, 1 << 20, 4), threads, "golden");
    }

    void write() {
        try (StoredCatalog catalog = open()) {
            catalog.create(DIGITS);
            catalog.create(CollectionSpec.payloads("events"));
            catalog.update("digits", spec -> spec.withDescription("handwritten"));
            BatchLog digits = catalog.collection("digits").log();
            append(digits, vector("a", 1), vector("b", 2), vector("c", 3));
            append(digits, vector("a", 4), Entry.delete("b").withTimestamp(MOMENT));
            digits.snapshot();
            append(digits, FULL, vector("d", 7));
            digits.roll();
            append(digits, vector("c", 8));
            digits.roll();
            append(digits, Entry.delete("d").withTimestamp(MOMENT));
            append(digits, vector("e", 10));
            append(catalog.collection("events").log(), LAST);
            catalog.create(CollectionSpec.payloads("dropped"));
            catalog.drop("dropped");
        }
    }

    private static Entry vector(String id, int sequence) {
        return Entry.vector(id, sequence, 0.25f).withTimestamp(MOMENT);
    }

    void append(BatchLog log, Entry... entries) {
        log.append(serializer.encode(List.of(entries), 1)).join();
    }

    /** Everything that was written is there. */
    static void check(StoredCatalog catalog, Map<String, String> settings) {
        assertEquals(
                List.of("digits", "events"),
                catalog.list().stream().map(CollectionInfo::name).toList());
        CollectionInfo info = catalog.find("digits").orElseThrow();
        assertEquals(DIGITS.withDescription("handwritten").withSettings(settings), info.spec());
        assertEquals(MOMENT, info.created());
        BatchLog digits = catalog.collection("digits").log();
        assertEquals(Recovery.Verdict.COMPLETE, digits.recovery().verdict());
        assertEquals(10, digits.memtable().lastSequence());
        assertEquals(List.of(vector("a", 4), FULL, vector("c", 8), vector("e", 10)), live(digits));
        assertEquals(FULL, digits.memtable().get("full", 0).orElseThrow().entry());
        assertTrue(digits.memtable().get("b", 0).isEmpty());
        List<LoggedEntry> behind = new ArrayList<>();
        try (LogReader reader = digits.read(6)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                behind.add(next.get());
            }
        }
        assertEquals(
                List.of(
                        new LoggedEntry(6, FULL),
                        new LoggedEntry(7, vector("d", 7)),
                        new LoggedEntry(8, vector("c", 8)),
                        new LoggedEntry(9, Entry.delete("d").withTimestamp(MOMENT)),
                        new LoggedEntry(10, vector("e", 10))),
                behind);
        assertEquals(List.of(LAST), live(catalog.collection("events").log()));
    }

    private static List<Entry> live(BatchLog log) {
        List<Entry> entries = new ArrayList<>();
        LiveCursor live = log.memtable().live(0);
        while (live.next()) {
            entries.add(live.entry());
        }
        return entries;
    }
}
