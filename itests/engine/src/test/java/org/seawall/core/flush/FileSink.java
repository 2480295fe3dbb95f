package org.seawall.core.flush;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.seawall.Entry;
import org.seawall.LogFencedException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.EntryCursor;
import org.seawall.spi.flush.FlushBatch;
import org.seawall.spi.flush.FlushScan;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushStore;

/**
 * A sink that writes all that it holds of a collection to a new file with each flush, created if absent: its version, the epoch, what is
 * flushed, and a line for each id with sequence and expiry. Of a vector it keeps nothing.
 */
public final class FileSink implements FlushSink {
    private final FileSystem files;
    private final Location directory;
    private final Map<UUID, Store> open = new ConcurrentHashMap<>();
    private boolean failing;
    private volatile String detail = "";

    public FileSink(FileSystem files, Location directory) {
        this.files = files;
        this.directory = directory;
    }

    /** The next flush commits, and fails behind that. */
    void failsBehindCommit() {
        failing = true;
    }

    /** Says that more is flushed than was. */
    void holds(CollectionInfo collection, long flushed) throws IOException {
        Content newest = newest(collection);
        write(collection, new Content(newest.version() + 1, newest.epoch(), flushed, newest.rows()));
    }

    /** A row that is held. */
    public record Row(long sequence, long expiresAtMillis) {}

    /** What one file says. */
    public record Content(long version, long epoch, long flushed, SortedMap<String, Row> rows) {
        private static final Content NOTHING = new Content(0, 0, 0, new TreeMap<>());

        public SortedMap<String, Long> live(long nowMillis) {
            SortedMap<String, Long> live = new TreeMap<>();
            rows.forEach((id, row) -> {
                if (row.expiresAtMillis() == 0 || row.expiresAtMillis() > nowMillis) {
                    live.put(id, row.sequence());
                }
            });
            return live;
        }

        private String text() {
            StringBuilder text = new StringBuilder(epoch + " " + flushed + "\n");
            rows.forEach((id, row) -> text.append(row.sequence() + " " + row.expiresAtMillis() + " " + id + "\n"));
            return text.toString();
        }

        private static Content of(long version, String text) {
            String[] lines = text.split("\n");
            String[] head = lines[0].split(" ");
            SortedMap<String, Row> rows = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] row = lines[i].split(" ");
                rows.put(row[2], new Row(Long.parseLong(row[0]), Long.parseLong(row[1])));
            }
            return new Content(version, Long.parseLong(head[0]), Long.parseLong(head[1]), rows);
        }
    }

    @Override
    public String name() {
        return "files " + directory;
    }

    @Override
    public String detail() {
        return detail;
    }

    /** Says that something does not work. */
    public void says(String words) {
        detail = words;
    }

    @Override
    public boolean takes(CollectionInfo collection) {
        return !collection.spec().holdsPayloads();
    }

    @Override
    public FlushStore open(CollectionInfo collection, long epoch, long least) throws IOException {
        Content found = newest(collection);
        refuseOlder(epoch, found);
        boolean lacks = found.flushed() < least && found.flushed() > 0;
        Content begun = new Content(
                found.version() + 1, epoch, lacks ? 0 : found.flushed(), lacks ? new TreeMap<>() : found.rows());
        write(collection, begun);
        Store store = new Store(collection, epoch, begun);
        open.put(collection.id(), store);
        return store;
    }

    @Override
    public void drop(CollectionInfo collection) throws IOException {
        open.remove(collection.id());
        files.deleteTree(directory(collection));
    }

    /** What is held of a collection that is open. */
    public Content shown(CollectionInfo collection) {
        return Optional.ofNullable(open.get(collection.id()))
                .map(store -> store.content)
                .orElse(Content.NOTHING);
    }

    /** What is held of a collection by now, whoever wrote it. */
    public Content newest(CollectionInfo collection) throws IOException {
        Content newest = Content.NOTHING;
        for (FileInfo file : files.list(directory(collection))) {
            long version = Long.parseLong(file.name());
            if (version > newest.version()) {
                try (FileInput input = files.open(file)) {
                    byte[] bytes = new byte[(int) input.size()];
                    input.read(0, ByteBuffer.wrap(bytes));
                    newest = Content.of(version, new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
        return newest;
    }

    private void write(CollectionInfo collection, Content content) throws IOException {
        Location file = directory(collection).child(String.format("%08d", content.version()));
        files.create(file, List.of(ByteBuffer.wrap(content.text().getBytes(StandardCharsets.UTF_8))));
    }

    private Location directory(CollectionInfo collection) {
        return directory.child(collection.id().toString());
    }

    private void refuseOlder(long epoch, Content found) {
        if (found.epoch() > epoch) {
            throw new LogFencedException("another writer is at the sink, epoch=" + found.epoch() + ", own=" + epoch);
        }
    }

    /** What is held of one collection. */
    private final class Store implements FlushStore {
        private final CollectionInfo collection;
        private final long epoch;
        private volatile Content content;

        private Store(CollectionInfo collection, long epoch, Content content) {
            this.collection = collection;
            this.epoch = epoch;
            this.content = content;
        }

        @Override
        public long flushed() {
            return content.flushed();
        }

        /** What became of a write that failed is seen at the next. */
        @Override
        public long flush(FlushBatch batch) throws IOException {
            Content newest = newest(collection);
            refuseOlder(epoch, newest);
            content = newest;
            if (batch.upTo() <= content.flushed()) {
                return content.flushed();
            }
            if (batch.after() != content.flushed()) {
                throw new IOException(
                        "flush does not follow, after=" + batch.after() + ", flushed=" + content.flushed());
            }
            SortedMap<String, Row> rows = new TreeMap<>(content.rows());
            batch.deleted().forEach(rows::remove);
            for (EntryCursor entries = batch.entries(); entries.next(); ) {
                Entry entry = entries.entry();
                rows.put(entry.id(), new Row(entries.sequence(), entry.expiresAtMillis()));
            }
            Content next = new Content(content.version() + 1, epoch, batch.upTo(), rows);
            write(collection, next);
            if (failing) {
                failing = false;
                throw new IOException("failed behind the commit");
            }
            content = next;
            return next.flushed();
        }

        @Override
        public Optional<LoggedEntry> get(String id, long nowMillis) {
            Optional<Long> sequence =
                    Optional.ofNullable(content.live(nowMillis).get(id));
            return sequence.map(there -> new LoggedEntry(there, Entry.vector(id, 0, 0)));
        }

        @Override
        public FlushScan scan(long nowMillis) {
            Content now = content;
            Iterator<LoggedEntry> entries = now.live(nowMillis).entrySet().stream()
                    .map(live -> new LoggedEntry(live.getValue(), Entry.vector(live.getKey(), 0, 0)))
                    .sorted(Comparator.comparingLong(LoggedEntry::sequence))
                    .iterator();
            return new FlushScan() {
                @Override
                public long flushed() {
                    return now.flushed();
                }

                @Override
                public Optional<LoggedEntry> next() {
                    return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public void close() {
            open.remove(collection.id(), this);
        }
    }
}
