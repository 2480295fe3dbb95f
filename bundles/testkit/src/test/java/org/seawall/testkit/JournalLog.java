package org.seawall.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.seawall.Acknowledgement;
import org.seawall.CollectionStatus;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LiveScan;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUnavailableException;
import org.seawall.LogUsage;
import org.seawall.LoggedEntry;
import org.seawall.OutcomeUnknownException;
import org.seawall.PointInTime;
import org.seawall.Recovery;
import org.seawall.RecoveryProgress;
import org.seawall.SequenceRange;
import org.seawall.SerializationException;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.Catalog;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** The smallest log: one file a change, created by one thread and read from the first on. Right in everything but its flaw. */
final class JournalLog implements WriteAheadLog, Catalog, Closeable {
    private final Storage storage;
    private final JournalFlaw flaw;
    private final JournalState state;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final List<byte[]> unseen = new ArrayList<>();
    private long number;
    private long epoch;
    private boolean failed;
    private volatile boolean closed;

    private JournalLog(Storage storage, JournalFlaw flaw) {
        this.storage = storage;
        this.flaw = flaw;
        this.state = new JournalState(flaw);
    }

    static RunningLog open(Storage storage, JournalFlaw flaw) throws IOException {
        JournalLog log = new JournalLog(storage, flaw);
        try {
            log.replay();
            return new RunningLog(log, log);
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    private boolean is(JournalFlaw other) {
        return flaw == other;
    }

    private void replay() throws IOException {
        List<FileInfo> changes = storage.files().list(storage.directory());
        int forgotten = is(JournalFlaw.FORGETS_THE_LAST_BATCH) ? 1 : 0;
        for (FileInfo change : changes.subList(0, Math.max(0, changes.size() - forgotten))) {
            apply(bytes(change));
            number++;
        }
        if (is(JournalFlaw.RECOVERY_CLEANS_UP_TOO_MUCH) && number > 0) {
            Location last = file();
            storage.files().delete(last);
            storage.files().create(last, List.of(ByteBuffer.wrap(new byte[] {'o'})));
        }
        epoch++;
        write(new byte[] {'o'});
    }

    private byte[] bytes(FileInfo change) throws IOException {
        try (FileInput input = storage.files().open(change.location())) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            return content.array();
        }
    }

    private Location file() {
        return storage.directory().child(String.format("change-%06d", number));
    }

    private void write(byte[] change) throws IOException {
        number++;
        storage.files().create(file(), List.of(ByteBuffer.wrap(change)));
    }

    private void apply(byte[] change) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(change))) {
            switch (in.readByte()) {
                case 'c' -> state.put(info(in));
                case 'd' -> state.remove(in.readUTF());
                case 'a' -> state.append(in.readUTF(), in.readLong(), entries(in));
                default -> epoch++;
            }
        }
    }

    private interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] change(char kind, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            fields.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** On the one thread that writes: durable, then seen. */
    private CompletableFuture<SequenceRange> submit(String collection, Supplier<byte[]> change) {
        return CompletableFuture.supplyAsync(() -> committed(collection, change.get()), writer);
    }

    private SequenceRange committed(String collection, byte[] change) {
        if (failed && !is(JournalFlaw.GOES_ON_AFTER_A_FAILURE)) {
            throw new LogUnavailableException("log takes no changes since its storage failed");
        }
        try {
            for (byte[] earlier : unseen) {
                apply(earlier);
            }
            unseen.clear();
            if (is(JournalFlaw.SHOWS_BEFORE_IT_WRITES)) {
                apply(change);
            }
            writeOrFail(change);
            if (is(JournalFlaw.SHOWS_LATER_THAN_IT_ACKNOWLEDGES)) {
                writer.execute(() -> applied(change));
                return state.next(collection, change);
            }
            if (!is(JournalFlaw.SHOWS_BEFORE_IT_WRITES)) {
                apply(change);
            }
            return state.newest(collection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void applied(byte[] change) {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
            apply(change);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeOrFail(byte[] change) {
        try {
            write(change);
        } catch (IOException | OutcomeUnknownException e) {
            failed = !is(JournalFlaw.HIDES_FAILURES);
            if (is(JournalFlaw.CLEANS_UP_ANOTHER_CHANGE)) {
                deletePrevious();
            }
            if (!is(JournalFlaw.HIDES_FAILURES)) {
                throw new OutcomeUnknownException("storage failed, change=" + number, e);
            }
        }
    }

    private void deletePrevious() {
        try {
            number--;
            storage.files().delete(file());
            storage.files().forceDirectory(storage.directory());
        } catch (IOException e) {
            throw new LogUnavailableException("storage failed, change=" + number, e);
        }
    }

    private void now(byte[] change) {
        try {
            submit("", () -> change).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof OutcomeUnknownException cause
                    ? new LogUnavailableException("storage failed", cause)
                    : (RuntimeException) e.getCause();
        }
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Catalog catalog() {
        requireOpen();
        return this;
    }

    @Override
    public CompletableFuture<SequenceRange> append(String collection, List<Entry> batch) {
        requireOpen();
        if (is(JournalFlaw.CREATES_UNKNOWN_COLLECTIONS) && find(collection).isEmpty()) {
            create(CollectionSpec.payloads(collection));
        }
        check(state.collection(collection).info().spec(), batch);
        if (is(JournalFlaw.APPENDS_ENTRY_BY_ENTRY)) {
            return oneByOne(collection, batch);
        }
        byte[] change = encoded(collection, batch);
        CompletableFuture<SequenceRange> written =
                submit(collection, () -> is(JournalFlaw.ENCODES_LATER) ? encoded(collection, batch) : change);
        return is(JournalFlaw.ACKNOWLEDGES_BEFORE_IT_WRITES)
                ? CompletableFuture.completedFuture(state.newest(collection))
                : told(written);
    }

    private CompletableFuture<SequenceRange> oneByOne(String collection, List<Entry> batch) {
        CompletableFuture<SequenceRange> last = CompletableFuture.completedFuture(new SequenceRange(1, 1));
        for (Entry entry : batch) {
            last = submit(collection, () -> encoded(collection, List.of(entry)));
        }
        return told(last).thenApply(range -> new SequenceRange(range.last() - batch.size() + 1, range.last()));
    }

    private static CompletableFuture<SequenceRange> told(CompletableFuture<SequenceRange> written) {
        CompletableFuture<SequenceRange> told = new CompletableFuture<>();
        written.whenComplete((range, failure) -> {
            if (failure == null) {
                told.complete(range);
            } else {
                told.completeExceptionally(failure.getCause());
            }
        });
        return told;
    }

    private void check(CollectionSpec spec, List<Entry> batch) {
        int limit = is(JournalFlaw.KEEPS_ITS_SETTINGS)
                ? 100
                : Integer.parseInt(JournalSettings.inEffect(spec.settings()).get("maxBatchEntries"));
        boolean fits = !batch.isEmpty()
                && batch.size() <= limit
                && batch.stream()
                        .allMatch(entry -> entry.vector().length == 0 || entry.vector().length == spec.dimension());
        if (!fits && !(is(JournalFlaw.TAKES_ANY_BATCH) && !batch.isEmpty())) {
            throw new SerializationException("batch does not fit, collection=" + spec.name());
        }
    }

    private byte[] encoded(String collection, List<Entry> batch) {
        long time = System.currentTimeMillis();
        return change('a', out -> {
            out.writeUTF(collection);
            out.writeLong(time);
            out.writeInt(batch.size());
            for (Entry entry : batch) {
                Entry timed =
                        is(JournalFlaw.SETS_ITS_OWN_TIME) ? entry.withTimestamp(Instant.ofEpochMilli(time)) : entry;
                byte[] bytes = PlainEntries.bytes(timed, time, PlainFlaw.NONE);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        });
    }

    private static List<Entry> entries(DataInputStream in) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            entries.add(PlainEntries.entry(in.readNBytes(in.readInt()), PlainFlaw.NONE));
        }
        return entries;
    }

    /** What is created is durable, so every level is that. */
    @Override
    public CompletableFuture<SequenceRange> append(String collection, List<Entry> batch, Acknowledgement level) {
        boolean keeps = level == Acknowledgement.MEMORY && is(JournalFlaw.FORGETS_WHAT_IT_ANSWERED_EARLY)
                || level == Acknowledgement.PERIODIC && is(JournalFlaw.KEEPS_PERIODIC_IN_ITS_MEMORY);
        boolean later = level == Acknowledgement.PERIODIC && is(JournalFlaw.SHOWS_PERIODIC_WITH_THE_NEXT)
                || level == Acknowledgement.OS && is(JournalFlaw.SHOWS_LATER_THAN_IT_WRITES);
        if (!keeps && !later) {
            CompletableFuture<SequenceRange> append = append(collection, batch);
            boolean before = level == Acknowledgement.MEMORY && is(JournalFlaw.TELLS_THE_SEQUENCES_BEFORE);
            return before ? CompletableFuture.completedFuture(state.newest(collection)) : append;
        }
        byte[] change = encoded(collection, batch);
        return told(CompletableFuture.supplyAsync(() -> keeps ? kept(collection, change) : unseen(change), writer));
    }

    private SequenceRange kept(String collection, byte[] change) {
        try {
            apply(change);
            return state.newest(collection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SequenceRange unseen(byte[] change) {
        writeOrFail(change);
        unseen.add(change);
        return new SequenceRange(1, 1);
    }

    @Override
    public Map<String, String> settings(String collection) {
        requireOpen();
        return JournalSettings.inEffect(
                state.collection(collection).info().spec().settings());
    }

    @Override
    public Optional<LoggedEntry> get(String collection, String id) {
        requireOpen();
        return state.get(collection, id);
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
    public LogReader read(String collection, long fromSequence) {
        requireOpen();
        return new JournalReader(state.collection(collection), fromSequence, () -> closed, flaw);
    }

    @Override
    public Optional<String> roll(String collection) {
        requireOpen();
        state.collection(collection);
        return is(JournalFlaw.SEALS_NOTHING) ? Optional.of("the-segment") : Optional.empty();
    }

    @Override
    public long snapshot(String collection) {
        requireOpen();
        long last = state.collection(collection).last();
        return is(JournalFlaw.SNAPSHOT_TELLS_NO_SEQUENCE) ? 0 : last;
    }

    @Override
    public long flush(String collection) {
        requireOpen();
        throw new LogUnavailableException("no sink is attached, collection=" + collection);
    }

    @Override
    public long compact(String collection) {
        requireOpen();
        long last = state.collection(collection).last();
        if (is(JournalFlaw.COMPACTION_FORGETS_DELETES)) {
            state.forgetDeletes(collection);
        }
        return is(JournalFlaw.COMPACTION_TELLS_NO_SEQUENCE) ? 0 : last;
    }

    @Override
    public List<LoggedEntry> history(String collection, String id) {
        requireOpen();
        return state.history(collection, id);
    }

    @Override
    public CollectionView view(String collection, PointInTime at) {
        requireOpen();
        return state.view(collection, at);
    }

    @Override
    public LogStatus status() {
        Recovery recovery = new Recovery(Recovery.Verdict.COMPLETE, "", 0, 0, 0, 0, 0);
        List<CollectionStatus> collections = state.all().stream()
                .map(open -> new CollectionStatus(
                        open.info().name(),
                        open.info().id().toString(),
                        storage.directory().toString(),
                        LogState.OPEN,
                        "",
                        is(JournalFlaw.EPOCH_STAYS) ? 1 : epoch,
                        open.last(),
                        0,
                        open.live(),
                        0,
                        1,
                        0,
                        0,
                        0,
                        0,
                        recovery,
                        new RecoveryProgress(0, 0)))
                .toList();
        return new LogStatus(
                name(),
                LogState.OPEN,
                "",
                storage.directory().toString(),
                "plain",
                "journal",
                LogUsage.none(),
                List.of(),
                collections);
    }

    @Override
    public CollectionInfo create(CollectionSpec spec, String url) {
        if (!url.equals(storage.directory().toString())) {
            throw new IllegalArgumentException("not a directory of the log, url=" + url);
        }
        return create(spec);
    }

    @Override
    public CollectionInfo create(CollectionSpec spec) {
        requireOpen();
        if (find(spec.name()).isPresent()) {
            throw new CollectionExistsException(spec.name(), name());
        }
        checkSettings(spec);
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        now(encoded(new CollectionInfo(UUID.randomUUID(), spec, now, now)));
        return find(spec.name()).orElseThrow();
    }

    @Override
    public Optional<CollectionInfo> find(String name) {
        return state.find(name);
    }

    @Override
    public List<CollectionInfo> list() {
        return state.all().stream().map(JournalState.Open::info).toList();
    }

    @Override
    public CollectionInfo update(String name, UnaryOperator<CollectionSpec> change) {
        CollectionInfo old = state.collection(name).info();
        CollectionSpec spec = change.apply(old.spec());
        if (spec.dimension() != old.spec().dimension()) {
            throw new IllegalArgumentException("dimension does not change, collection=" + name);
        }
        checkSettings(spec);
        CollectionInfo updated = new CollectionInfo(old.id(), spec, old.created(), old.updated());
        if (is(JournalFlaw.UPDATES_IN_MEMORY_ONLY)) {
            state.put(updated);
        } else {
            now(encoded(updated));
        }
        return updated;
    }

    private void checkSettings(CollectionSpec spec) {
        if (!is(JournalFlaw.TAKES_ANY_SETTING)) {
            JournalSettings.check(spec.settings());
        }
    }

    @Override
    public void drop(String name) {
        state.collection(name);
        if (is(JournalFlaw.DROPS_IN_MEMORY_ONLY)) {
            state.remove(name);
        } else {
            now(change('d', out -> out.writeUTF(name)));
        }
    }

    private static byte[] encoded(CollectionInfo info) {
        return change('c', out -> {
            out.writeUTF(info.id().toString());
            out.writeUTF(info.name());
            out.writeInt(info.spec().dimension());
            out.writeUTF(info.spec().metric().name());
            out.writeUTF(info.spec().owner());
            out.writeUTF(info.spec().tags().getOrDefault("k", ""));
            out.writeLong(info.created().toEpochMilli());
            out.writeInt(info.spec().settings().size());
            for (Map.Entry<String, String> setting : info.spec().settings().entrySet()) {
                out.writeUTF(setting.getKey());
                out.writeUTF(setting.getValue());
            }
        });
    }

    private static CollectionInfo info(DataInputStream in) throws IOException {
        UUID id = UUID.fromString(in.readUTF());
        String name = in.readUTF();
        int dimension = in.readInt();
        Metric metric = Metric.valueOf(in.readUTF());
        CollectionSpec spec =
                dimension == 0 ? CollectionSpec.payloads(name) : CollectionSpec.vectors(name, dimension, metric);
        spec = spec.withOwner(in.readUTF());
        String tag = in.readUTF();
        spec = tag.isEmpty() ? spec : spec.withTags(Map.of("k", tag));
        Instant created = Instant.ofEpochMilli(in.readLong());
        Map<String, String> settings = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            settings.put(in.readUTF(), in.readUTF());
        }
        spec = spec.withSettings(settings);
        return new CollectionInfo(id, spec, created, created);
    }

    private void requireOpen() {
        if (closed && !is(JournalFlaw.READS_WHEN_CLOSED)) {
            throw new LogClosedException("log is closed, log=" + name());
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.shutdown();
        try {
            if (!writer.awaitTermination(40, TimeUnit.SECONDS)) {
                throw new IllegalStateException("writer still at work");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
