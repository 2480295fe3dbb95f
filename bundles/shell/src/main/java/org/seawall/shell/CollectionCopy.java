package org.seawall.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.seawall.Entry;
import org.seawall.LogFullException;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.inspection.LogInspector;
import org.seawall.inspection.LogPlace;

/**
 * The way of a collection from its files into a new collection of an open log: each batch as one batch, with sequences of its
 * own. At the end the new collection is read back, and has to be the same entries in the same order. For one copy.
 */
final class CollectionCopy {
    private static final int IN_FLIGHT = 8;
    private static final long RETRY_MILLIS = 20;

    private final LogInspector inspector;
    private final LogPlace source;
    private final WriteAheadLog target;
    private final Deque<CompletableFuture<SequenceRange>> pending = new ArrayDeque<>();
    private final CRC32C read = new CRC32C();
    private long batches;
    private long entries;

    /** What was copied. */
    record Copied(String name, long batches, long entries) {}

    CollectionCopy(LogInspector inspector, LogPlace source, WriteAheadLog target) {
        this.inspector = inspector;
        this.source = source;
        this.target = target;
    }

    /** Copies the collection, which the catalog of the source has to name. */
    Copied run(String name, Optional<String> as, boolean skipDamaged) throws IOException, InterruptedException {
        // what it is comes first; the entries come with a second reading
        CollectionSpec spec = inspector
                .read(source, name, true, batch -> {})
                .orElseThrow(() -> new CommandFailedException("catalog does not say what the collection is, name="
                        + name + ", catalog=" + source.catalogUrl()));
        String created = as.orElse(spec.name());
        if (target.catalog().find(created).isPresent()) {
            throw new CollectionExistsException(created, target.name());
        }
        target.catalog().create(named(spec, created).withSettings(unflushed(spec)));
        inspector.read(source, name, skipDamaged, batch -> append(created, batch));
        while (!pending.isEmpty()) {
            Futures.await(pending.remove());
        }
        compare(created);
        target.catalog().update(created, copied -> copied.withSettings(spec.settings()));
        return new Copied(created, batches, entries);
    }

    /** Nothing leaves the log before it was compared. */
    private static Map<String, String> unflushed(CollectionSpec spec) {
        Map<String, String> settings = new HashMap<>(spec.settings());
        List.of("flushBytes", "flushEntries", "flushMillis").forEach(setting -> settings.put(setting, "0"));
        return settings;
    }

    private static CollectionSpec named(CollectionSpec spec, String name) {
        return new CollectionSpec(
                name, spec.dimension(), spec.metric(), spec.settings(), spec.tags(), spec.description(), spec.owner());
    }

    private void append(String collection, List<LoggedEntry> batch) throws IOException {
        List<Entry> copied = batch.stream().map(LoggedEntry::entry).toList();
        try {
            while (pending.size() >= IN_FLIGHT) {
                Futures.await(pending.remove());
            }
            pending.add(appended(collection, copied));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted, collection=" + collection);
            interrupted.initCause(e);
            throw interrupted;
        }
        batches++;
        entries += copied.size();
        copied.forEach(entry -> update(read, entry));
    }

    private CompletableFuture<SequenceRange> appended(String collection, List<Entry> batch)
            throws InterruptedException {
        while (true) {
            try {
                return target.append(collection, batch);
            } catch (LogFullException e) {
                if (pending.isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                } else {
                    Futures.await(pending.remove());
                }
            }
        }
    }

    private void compare(String collection) {
        CRC32C written = new CRC32C();
        long count = 0;
        try (LogReader reader = target.read(collection, 1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                update(written, next.get().entry());
                count++;
            }
        }
        if (count != entries || written.getValue() != read.getValue()) {
            throw new CommandFailedException("copy is not what was copied, expected=" + entries + " entries, actual="
                    + count + ", collection=" + collection);
        }
    }

    private static void update(CRC32C checksum, Entry entry) {
        String words = String.join(
                "\0",
                entry.id(),
                entry.operation().name(),
                Long.toString(entry.timestampMillis()),
                Long.toString(entry.expiresAtMillis()),
                new TreeMap<>(entry.metadata()).toString());
        checksum.update(words.getBytes(StandardCharsets.UTF_8));
        ByteBuffer vector = ByteBuffer.allocate(Float.BYTES * entry.vector().length);
        vector.asFloatBuffer().put(entry.vector());
        checksum.update(vector);
        checksum.update(entry.payload());
    }
}
