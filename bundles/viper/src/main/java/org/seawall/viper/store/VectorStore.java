package org.seawall.viper.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.seawall.LogClosedException;
import org.seawall.LogCorruptException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.FileNames;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.manifest.TypedColumn;
import org.seawall.viper.sidecar.Key;

/**
 * The parts of one collection. A flush adds what has left a log, exactly once; a compaction makes one part of several; a view shows what
 * was there at its moment until it is closed. Safe for use by several threads: flushes come one after the other, as do compactions, and
 * the two and searches do not wait for each other but for the moment of a commit.
 *
 * <p>One process writes at a time, the one with the highest epoch: the others get {@link org.seawall.LogFencedException}.
 */
public final class VectorStore implements AutoCloseable {
    private final StoreFiles files;
    private final int dimension;
    private final Metric metric;
    private final long epoch;
    private final int keptManifests;
    private final Committer committer;
    private final PartPool pool;
    private final PartCache cache;
    private final Pins pins;
    private final Consumer<Exception> trouble;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final Object flushing = new Object();
    private final Object compacting = new Object();
    private final Object collecting = new Object();
    private int views;
    private boolean closed;
    private volatile boolean stopped;

    private VectorStore(
            StoreFiles files,
            int dimension,
            Metric metric,
            long epoch,
            int keptManifests,
            PartPool pool,
            Consumer<Exception> trouble)
            throws IOException {
        this.files = files;
        this.dimension = dimension;
        this.metric = metric;
        this.epoch = epoch;
        this.keptManifests = keptManifests;
        this.committer = Committer.open(files, dimension, metric, epoch);
        this.pool = pool;
        this.cache = new PartCache(new PartOpener(files, metric, trouble, pool.blocks()), pool);
        this.pins = pool.pins(files.directory());
        this.trouble = trouble;
    }

    /**
     * Opens a store, or begins an empty one, and fences writers of lower epochs off.
     *
     * @param files where
     * @param directory the store's own directory
     * @param dimension components of each vector; 0 for a collection of payloads
     * @param metric how vectors are compared
     * @param epoch of this writer, higher than that of every writer before
     * @param settings limits
     * @param trouble is told of sidecars that are missing or damaged and were made again, and of files that could not be closed with
     *     the last view of a closed store; called in any thread
     * @return the store
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has been there
     * @throws org.seawall.LogCorruptException if a manifest or delete vector is damaged; names the file
     * @throws IllegalArgumentException if what is there is of another dimension or metric
     * @throws IOException if the storage fails
     */
    public static VectorStore open(
            FileSystem files,
            Location directory,
            int dimension,
            Metric metric,
            long epoch,
            StoreSettings settings,
            Consumer<Exception> trouble)
            throws IOException {
        return new VectorStore(
                new StoreFiles(files, directory),
                dimension,
                metric,
                epoch,
                settings.keptManifests(),
                new PartPool(settings.cacheBytes()),
                trouble);
    }

    /**
     * Opens a store as {@link #open(FileSystem, Location, int, Metric, long, StoreSettings, Consumer)} does, beside others of this
     * process: views that another one of the same pool has of the directory keep their files.
     *
     * @param place where
     * @param spec dimension and metric
     * @param epoch of this writer
     * @param pool shared with the other stores
     * @param trouble as there
     * @return the store
     * @throws IOException as there, as all other exceptions
     */
    public static VectorStore open(
            StoreFiles place, CollectionSpec spec, long epoch, PartPool pool, Consumer<Exception> trouble)
            throws IOException {
        return new VectorStore(
                place, spec.dimension(), spec.metric(), epoch, StoreSettings.DEFAULT.keptManifests(), pool, trouble);
    }

    /**
     * Up to where the log has been flushed. It goes on behind this sequence.
     *
     * @return the sequence; 0 before the first flush
     */
    public long flushed() {
        return committer.contents().manifest().flushed();
    }

    /**
     * The newest manifest that this process knows.
     *
     * @return the manifest
     */
    public Manifest manifest() {
        return committer.contents().manifest();
    }

    /**
     * Takes over what has left a log. On return it is durable and in every view that is opened from now on; before, nothing of it is. What
     * was flushed already is left alone, so a flush may be repeated after any failure.
     *
     * @param batch what to take over
     * @return the sequence up to which the log is flushed now
     * @throws IllegalArgumentException if it does not follow what was flushed, or rows are out of order
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has taken the store over
     * @throws org.seawall.OutcomeUnknownException if it may or may not be flushed; repeat it
     * @throws IOException if the storage fails; nothing was flushed
     */
    public long flush(RowBatch batch) throws IOException {
        synchronized (flushing) {
            if (batch.upTo() <= flushed()) {
                return flushed();
            }
            Set<String> mine = new HashSet<>();
            try {
                return flush(batch, mine);
            } catch (NoSuchFileException | LogCorruptException e) {
                checkFenced(e);
                throw e;
            } finally {
                pending.removeAll(mine);
            }
        }
    }

    private long flush(RowBatch batch, Set<String> mine) throws IOException {
        List<Key> keys = new ArrayList<>(Deletions.keys(batch.deleted()));
        PartSource rows = batch.rows().each(row -> keys.addAll(Deletions.keys(List.of(row.id()))));
        List<TypedColumn> columns = TypedColumn.declare(manifest().columns(), batch.columns());
        Optional<PartEntry> part = new PartMaker(files, fresh(mine), manifest(), columns).make(rows);
        part.ifPresent(made -> checkSequences(batch, made));
        Deletions deletions = new Deletions(files, cache, () -> fresh(mine));
        Contents now = committer.commit(base -> {
            if (batch.upTo() <= base.manifest().flushed()) {
                return Optional.empty();
            }
            if (batch.after() != base.manifest().flushed()) {
                throw new IllegalArgumentException("flush does not follow the one before, flushed="
                        + base.manifest().flushed() + ", after=" + batch.after() + ", directory=" + files.directory());
            }
            if (!columns.equals(TypedColumn.declare(base.manifest().columns(), batch.columns()))) {
                throw new IOException("columns of the store changed while a part was written, flush again, directory="
                        + files.directory());
            }
            Map<String, DeleteVector> vectors = new TreeMap<>();
            List<PartEntry> parts = deletions.delete(base, keys, vectors);
            part.ifPresent(parts::add);
            return Optional.of(new Proposal(base.manifest().next(epoch, batch.upTo(), parts, columns), vectors));
        });
        return now.manifest().flushed();
    }

    /**
     * Gives up all that it holds: on return it is empty, durably, and flushed up to 0. Views that are open go on.
     *
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has taken the store over
     * @throws org.seawall.OutcomeUnknownException if it may or may not be done; repeat it
     * @throws IOException if the storage fails; nothing changed
     */
    public void giveUp() throws IOException {
        committer.commit(base -> base.manifest().flushed() == 0
                ? Optional.empty()
                : Optional.of(new Proposal(base.manifest().next(epoch, 0, List.of()), Map.of())));
    }

    /** A writer of a higher epoch collects what it does not need: who misses a file may just be fenced. */
    private void checkFenced(Exception missing) {
        try {
            committer.reload();
        } catch (IOException e) {
            missing.addSuppressed(e);
        }
    }

    private static void checkSequences(RowBatch batch, PartEntry part) {
        if (part.firstSequence() <= batch.after() || part.lastSequence() > batch.upTo()) {
            throw new IllegalArgumentException("rows outside of the flush, rows=" + part.firstSequence() + " to "
                    + part.lastSequence() + ", after=" + batch.after() + ", upTo=" + batch.upTo());
        }
    }

    private String fresh(Set<String> mine) {
        String name = FileNames.fresh(epoch);
        mine.add(name);
        pending.add(name);
        return name;
    }

    /**
     * Makes one part of several neighbours, without the rows that are dead. Views that are open keep the old ones. Rows that are deleted
     * meanwhile are deleted in the new part.
     *
     * @param names parts that are neighbours, in their order
     * @param nowMillis what has expired by then is dropped
     * @return whether it was done; false if one of the parts is not there any more
     * @throws IllegalArgumentException if the parts are no neighbours
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has taken the store over
     * @throws org.seawall.LogCorruptException if a part is damaged; names it
     * @throws LogClosedException if the store is closed, or was stopped or closed meanwhile; nothing changed
     * @throws org.seawall.OutcomeUnknownException if it may or may not have been done
     * @throws IOException if the storage fails; nothing changed
     */
    public boolean compact(List<String> names, long nowMillis) throws IOException {
        synchronized (compacting) {
            checkGoingOn();
            Set<String> mine = new HashSet<>();
            Contents base = pin();
            try {
                Deletions deletions = new Deletions(files, cache, () -> fresh(mine));
                Compaction compaction = new Compaction(base, names, nowMillis, cache);
                Optional<PartEntry> merged = new PartMaker(
                                files,
                                fresh(mine),
                                base.manifest(),
                                base.manifest().columns())
                        .make(compaction.source().each(row -> checkGoingOn()));
                Contents done = committer.commit(newest -> compaction.on(newest, merged, deletions, epoch));
                return names.stream()
                        .noneMatch(name -> done.manifest().part(name).isPresent());
            } catch (NoSuchFileException | LogCorruptException e) {
                checkFenced(e);
                throw e;
            } finally {
                pending.removeAll(mine);
                unpin(base);
            }
        }
    }

    /**
     * Which neighbours are worth a compaction.
     *
     * @param policy says when
     * @param nowMillis the moment
     * @return their names, for {@link #compact}; none if none are
     * @throws org.seawall.LogCorruptException if a part is missing or damaged; names it
     * @throws LogClosedException if the store is closed
     * @throws IOException if the storage fails
     */
    public List<String> worthCompacting(CompactionPolicy policy, long nowMillis) throws IOException {
        Contents now = pin();
        try {
            Map<String, Integer> dead = new HashMap<>();
            for (PartEntry part : now.manifest().parts()) {
                dead.put(part.name(), dead(part, now.deletes().get(part.name()), nowMillis));
            }
            return policy.choose(now.manifest().parts(), dead);
        } finally {
            unpin(now);
        }
    }

    private int dead(PartEntry part, DeleteVector deleted, long nowMillis) throws IOException {
        if (part.expired(nowMillis)) {
            return part.rows();
        }
        if (!part.expires(nowMillis)) {
            return part.deleted();
        }
        long[] words = deleted.words();
        cache.use(part.name(), open -> {
            open.sidecar().markExpired(nowMillis, words);
            return null;
        });
        return Arrays.stream(words).mapToInt(Long::bitCount).sum();
    }

    /**
     * Deletes files that nobody needs: what is in none of the newest manifests, in no view of this process, and is not being written.
     *
     * @return how many files were deleted
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has taken the store over; nothing was deleted
     * @throws IOException if the storage fails; repeat it
     */
    public int collect() throws IOException {
        return collect(keptManifests);
    }

    /**
     * Deletes files that nobody needs.
     *
     * @param kept how many of the newest manifests are kept, with their files; at least 1
     * @return how many files were deleted
     * @throws org.seawall.LogFencedException if a writer of a higher epoch has taken the store over; nothing was deleted
     * @throws LogClosedException if the store is closed; nothing was deleted
     * @throws IOException if the storage fails; repeat it
     */
    public int collect(int kept) throws IOException {
        synchronized (collecting) {
            checkGoingOn();
            return new Garbage(files, committer, epoch, kept).collect(() -> Set.copyOf(pending), pins::versions, cache);
        }
    }

    private void checkGoingOn() {
        check(!stopped);
    }

    private void check(boolean open) {
        if (!open) {
            throw new LogClosedException("store is closed, directory=" + files.directory());
        }
    }

    /**
     * Shows what is there now.
     *
     * @return a view, which keeps its files from being collected until it is closed; it works until then, also when the store is
     *     closed before
     * @throws LogClosedException if the store is closed
     */
    public StoreView view() {
        Contents contents = pin();
        return new StoreView(contents, cache, metric, () -> unpin(contents));
    }

    private Contents pin() {
        synchronized (pins) {
            check(!closed);
            views++;
            return pins.add(committer::contents);
        }
    }

    private void unpin(Contents contents) {
        boolean last;
        synchronized (pins) {
            pins.remove(contents);
            views--;
            last = closed && views == 0;
        }
        if (last) {
            try {
                cache.close();
            } catch (IOException e) {
                trouble.accept(e);
            }
        }
    }

    /**
     * How much memory the cache takes, with what other stores have in it.
     *
     * @return bytes, about
     */
    public long cacheBytes() {
        return pool.bytes();
    }

    /** Ends the compaction and the collection that run, waits for them, and lets none begin. All else goes on. */
    public void stop() {
        stopped = true;
        synchronized (compacting) {
            synchronized (collecting) {
                // behind both: what began before has ended, what comes sees that it is stopped
                stopped = true;
            }
        }
    }

    /**
     * Stops it, and closes its files with the last view that is open. Nothing but views is used any more. Again it does nothing.
     *
     * @throws IOException if a file cannot be closed; nothing is lost
     */
    @Override
    public void close() throws IOException {
        stop();
        boolean unused;
        synchronized (pins) {
            closed = true;
            unused = views == 0;
        }
        if (unused) {
            cache.close();
        }
    }
}
