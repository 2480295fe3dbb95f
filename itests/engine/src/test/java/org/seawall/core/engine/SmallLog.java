package org.seawall.core.engine;

import static org.seawall.core.engine.Logs.AVRO;
import static org.seawall.core.engine.Logs.PROTOBUF;
import static org.seawall.core.engine.Logs.SETTINGS;
import static org.seawall.core.engine.Logs.batch;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Recovery;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.MemoryFileSystem;

/** Makes images of small logs that have a file of each kind, and says what recovery makes of an image. */
final class SmallLog implements AutoCloseable {
    static final String ACTIVE = "wal_current.avro";
    static final String SNAPSHOT = "snapshots/vectors_snapshot.avro";
    static final String RUN = "segments/compacted_00000002_00000004_20250628142000.avro";
    static final String CATALOG_SNAPSHOT = "snapshots/current_collections.avro";
    private static final Location ROOT = Location.parse("/log");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BatchSerializer serializer;
    private final WriteStrategy strategy;
    private final LogLayout layout;

    private SmallLog(BatchSerializer serializer, WriteStrategy strategy, LogLayout layout) {
        this.serializer = serializer;
        this.strategy = strategy;
        this.layout = layout;
    }

    static SmallLog collection(BatchSerializer serializer, String id) {
        return new SmallLog(serializer, new AppendStrategy(), LogLayout.collection(id, ROOT, Logs.FOUNDED));
    }

    static SmallLog catalog(BatchSerializer serializer) {
        return new SmallLog(serializer, new ObjectStrategy(), LogLayout.catalog(ROOT.child("catalog")));
    }

    /**
     * What recovery makes of an image.
     *
     * @param entries that are read; none if the log is refused
     */
    record Finding(Recovery.Verdict verdict, String detail, List<LoggedEntry> entries) {}

    Finding recover(LogImage image) throws IOException {
        Opening opening = BatchLog.open(session(image.on(layout.directory())), layout);
        if (opening instanceof Opening.Refused refused) {
            return new Finding(refused.report().verdict(), refused.report().detail(), List.of());
        }
        try (BatchLog log = ((Opening.Opened) opening).log()) {
            Recovery report = log.recovery();
            return new Finding(report.verdict(), report.detail(), Logs.all(log));
        }
    }

    private Session session(FileSystem files) {
        Clock clock = Clock.fixed(Logs.FOUNDED, ZoneOffset.UTC);
        Backend backend = new Backend(files, strategy, serializer, List.of(AVRO, PROTOBUF), clock);
        return new Session(backend, SETTINGS, threads, "small");
    }

    /**
     * A log that is written to: a snapshot of two batches that covers the first segment, sealed ones behind it, an active one
     * of two batches with zeroes behind them. Then it goes on to a later snapshot.
     *
     * @param later receives the image of that moment, and then nothing more
     */
    LogImage write(List<LogImage> later) throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        try (BatchLog log = BatchLog.create(session(files), layout)) {
            append(log, batch(1, 3));
            // what is not live between others makes batches of its sides
            append(log, Entry.delete("b1-2"));
            append(log, batch(2, 2));
            log.snapshot();
            for (int segment = 0; segment < 3; segment++) {
                append(log, batch(3 + 2 * segment, 2));
                append(log, batch(4 + 2 * segment, 1));
                log.roll();
            }
            append(log, Entry.delete("b1-0"), Entry.payload("", new byte[] {9}));
            append(log, batch(10, 2));
            LogImage now = LogImage.of(files, layout.directory());
            log.snapshot();
            append(log, batch(11, 1));
            later.add(LogImage.of(files, layout.directory()));
            return now;
        }
    }

    /**
     * A log of which a run of the segments 2 to 4 is left, behind a snapshot that covers the first one; behind the run there
     * are a sealed segment and an active one. Then it goes on to a run of the segments 2 to 6.
     *
     * @param later receives the image of that moment, and then nothing more
     */
    LogImage writeCompacted(List<LogImage> later) throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        try (BatchLog log = BatchLog.create(session(files), layout)) {
            append(log, batch(1, 3));
            log.snapshot();
            for (int segment = 0; segment < 3; segment++) {
                append(log, batch(2 + 2 * segment, 2));
                // what is not kept between others makes batches of its sides
                append(log, Entry.delete("b1-" + segment), Entry.payload("often", new byte[] {(byte) segment}));
                log.roll();
            }
            log.compact();
            append(log, batch(20, 2));
            log.roll();
            append(log, batch(21, 1));
            LogImage now = LogImage.of(files, layout.directory());
            log.compact();
            append(log, batch(22, 1));
            later.add(LogImage.of(files, layout.directory()));
            return now;
        }
    }

    /** A log whose active segment holds these batches, of one entry each. */
    LogImage write(Entry... batches) throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        try (BatchLog log = BatchLog.create(session(files), layout)) {
            for (Entry batch : batches) {
                append(log, batch);
            }
            return LogImage.of(files, layout.directory());
        }
    }

    private void append(BatchLog log, Entry... entries) {
        log.append(serializer.encode(List.of(entries), 1)).join();
    }

    /** The file's location as recovery names it. */
    String named(String path) {
        return layout.directory() + "/" + path;
    }

    /** Where the batches of a file begin, and then where the last of them ends. */
    List<Integer> offsets(byte[] file) throws IOException {
        FileSystem files = new LogImage(Map.of("file", file)).on(ROOT);
        try (FileInput input = files.open(ROOT.child("file"))) {
            SegmentFormat format = serializer.open(input);
            List<Integer> offsets = new ArrayList<>(List.of(format.headerBytes().remaining()));
            int at = offsets.get(0);
            while (at < file.length && format.read(input, at) instanceof FrameRead.Frame frame) {
                at += (int) frame.length();
                offsets.add(at);
            }
            return offsets;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
