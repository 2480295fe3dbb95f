package org.seawall.viper;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.seawall.LogClosedException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;

/** A log that opens a store when a sink is attached, and says what happens; it detaches while the storage still works. */
final class RecordingSource implements FlushSource {
    static final CollectionInfo COLLECTION = new CollectionInfo(
            new UUID(1, 2),
            CollectionSpec.vectors("c", 1, Metric.L2),
            Instant.ofEpochMilli(1),
            Instant.ofEpochMilli(1));
    private static final Location ROOT = Location.parse("memory:/viper");

    private final String log;
    private final FileSystem files;
    private final List<String> events;
    volatile boolean taken;
    volatile boolean closed;

    RecordingSource(String log, FileSystem files, List<String> events) {
        this.log = log;
        this.files = files;
        this.events = events;
    }

    @Override
    public LiveEntries live(String collection) {
        throw new LogClosedException("nothing is read here, collection=" + collection);
    }

    @Override
    public Attachment attach(FlushSink sink) {
        if (closed) {
            throw new LogClosedException("closed, log=" + log);
        }
        if (taken) {
            throw new IllegalStateException("another sink is attached, log=" + log);
        }
        taken = true;
        try {
            sink.open(COLLECTION, 1, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        events.add("attached to " + log + ": " + sink.name());
        return this::detach;
    }

    private void detach() {
        try {
            events.add("detached from " + log + ": " + files.list(ROOT).size());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        taken = false;
    }
}
