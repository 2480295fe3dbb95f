package org.seawall;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;
import org.seawall.catalog.Catalog;

/**
 * A write-ahead log that holds many collections. One service per configuration {@code org.seawall.log~NAME}, registered
 * from when the log is open until its configuration or its bundle goes, with the service property {@link #LOG_NAME}. While a
 * file system, a strategy or a serializer is replaced or away appends wait, for the configured {@code backendTimeoutMillis} at
 * most, and reads go on from memory.
 *
 * <p>All methods are safe for use by several threads. A collection's entries have one order, that of their sequences;
 * between collections there is none.
 */
@ProviderType
public interface WriteAheadLog {

    /** Service property with the name of the log: the NAME of its configuration {@code org.seawall.log~NAME}. */
    String LOG_NAME = "log.name";

    /**
     * The name of the log.
     *
     * @return the NAME of {@code org.seawall.log~NAME}
     */
    String name();

    /**
     * The catalog of this log's collections.
     *
     * @return the one catalog, valid as long as this log is
     */
    Catalog catalog();

    /**
     * Appends a batch to a collection with the acknowledgement that is in effect for it: the setting {@code
     * acknowledgement} of the collection or of the log, {@link Acknowledgement#DURABLE} if neither says otherwise.
     *
     * @param collection the collection's name
     * @param batch the entries in their order, at least one
     * @return as {@link #append(String, List, Acknowledgement)}, and everything else as there
     */
    CompletableFuture<SequenceRange> append(String collection, List<Entry> batch);

    /**
     * Appends a batch to a collection, whole or not at all.
     *
     * <p>When the future completes normally the batch survives what {@link Acknowledgement} says of its level: at {@link
     * Acknowledgement#DURABLE} a crash of the process and of the machine at any later moment, and every read that starts
     * afterwards sees it. At the other levels a read sees it when it is forced, or, where the setting {@code visibility} is
     * {@code IMMEDIATE}, when it is written.
     *
     * <p>Batches of one thread, and batches of which one is appended after another's future completed, keep that order,
     * whatever their levels. Batches that wait at the same time share one force of the storage; a lone batch waits for
     * nobody. Above a soft limit on bytes in flight or in memory this method holds its caller back, for the configured
     * {@code backpressureMillis} at most.
     *
     * <p>The future is completed by the log's commit thread: give long dependents to an executor of your own
     * ({@code thenApplyAsync}). Cancelling the future does not take the batch back.
     *
     * @param collection the collection's name
     * @param batch the entries in their order, at least one; encoded before this method returns, so that their arrays may
     *     be used again after it
     * @param acknowledgement when the future completes
     * @return the sequences of the entries. It fails with {@link LogUnavailableException} if nothing was written (retry),
     *     {@link OutcomeUnknownException} if the batch may or may not be durable (do not retry: the next recovery settles
     *     it), {@link LogClosedException} if the log closed before the batch was taken
     * @throws SerializationException if the batch is empty, over a limit, or does not fit the collection; fix it, nothing
     *     was written
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogFullException if a hard limit on bytes in flight or in memory is reached, or the thread is interrupted
     *     while it is held back above a soft one (it stays interrupted); nothing was written, slow down and retry
     * @throws LogUnavailableException if the collection takes no writes at present
     * @throws LogClosedException if the log is closed
     */
    CompletableFuture<SequenceRange> append(String collection, List<Entry> batch, Acknowledgement acknowledgement);

    /**
     * The newest version of an id, if it is live: put, not deleted since, not expired.
     *
     * @param collection the collection's name
     * @param id the id
     * @return the entry with the highest sequence of that id that readers see, or empty
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogUnavailableException if the collection could not be recovered, or entries have left the log for a sink that
     *     is not there
     * @throws LogClosedException if the log is closed
     */
    Optional<LoggedEntry> get(String collection, String id);

    /**
     * All live entries of a collection at this moment, log and sink as one; every entry that was acknowledged before is among them, unless it
     * was replaced or deleted.
     *
     * @param collection the collection's name
     * @return before the first of them; close it after use
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogCorruptException if something that the sink holds is missing or damaged
     * @throws LogUnavailableException if the collection could not be recovered, or entries have left the log for a sink that
     *     is not there
     * @throws LogClosedException if the log is closed
     */
    LiveScan scan(String collection);

    /**
     * The versions of an id that are kept: at least as many of the newest as the setting {@code versions} says, and all
     * that were appended since the last snapshot or compaction. An id whose newest version is a delete, or has expired,
     * leaves with all its versions at the next one.
     *
     * @param collection the collection's name
     * @param id the id
     * @return the newest first, deletes and expired versions included; empty if there is none in the log, which versions that
     *     have left for a sink are not
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogUnavailableException if the collection could not be recovered
     * @throws LogClosedException if the log is closed
     */
    List<LoggedEntry> history(String collection, String id);

    /**
     * A collection as it was at a point in time, read from its segments, its snapshots and its archive, and verified as a
     * recovery does. The collection goes on meanwhile.
     *
     * @param collection the collection's name
     * @param at the point; one behind the newest entry is the newest
     * @return the view, in memory of its own; close it after use
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws PastUnavailableException if the archive does not hold what is needed any more; ask for a later point
     * @throws LogFullException if the limit on bytes in memory leaves no room for it; nothing was read into memory
     * @throws LogCorruptException if a file that is needed does not verify
     * @throws LogUnavailableException if the storage failed; try again
     * @throws LogClosedException if the log is closed
     */
    CollectionView view(String collection, PointInTime at);

    /**
     * A reader of everything that happened to a collection, deletes and superseded versions included, in the order of
     * sequences. What a snapshot or a compaction has dropped is not among it, nor what has left the log for a sink.
     *
     * @param collection the collection's name
     * @param fromSequence the first sequence to return; 1 or less for the oldest that is in the log, more than the newest to
     *     wait for it
     * @return a reader before that sequence; close it after use
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws PastUnavailableException if entries behind the sequence have left the log for a sink; begin behind them
     * @throws LogUnavailableException if the collection could not be recovered
     * @throws LogClosedException if the log is closed
     */
    LogReader read(String collection, long fromSequence);

    /**
     * Seals the active segment of a collection and begins the next one. Everything acknowledged before is in sealed
     * segments afterwards. Appends go on meanwhile and wait for the change of files at most.
     *
     * @param collection the collection's name
     * @return the sealed segment's file name, or empty if the active segment held no entry and was kept
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogUnavailableException if the storage failed; the log's status says what state it is in
     * @throws LogClosedException if the log is closed
     */
    Optional<String> roll(String collection);

    /**
     * Writes the live entries of a collection, with as many versions of each as the setting {@code versions} keeps, to its
     * snapshot, and moves the segments that it covers to the archive with a copy of the snapshot before it. The next
     * recovery reads the snapshot and what was appended behind it; superseded, deleted and expired entries before it are
     * dropped, and their memory is given back: readers that begin afterwards do not see them. Appends go on meanwhile. A
     * log does this by itself, see its configuration.
     *
     * @param collection the collection's name
     * @return the sequence up to which the snapshot holds what is kept
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogUnavailableException if the storage failed: then the snapshot before it, and all segments, are still there
     * @throws LogClosedException if the log is closed
     */
    long snapshot(String collection);

    /**
     * Seals the active segment and merges the sealed segments behind the snapshot into one, without what is superseded,
     * deleted or expired in them, but for the newest versions that the setting {@code versions} keeps, and deletes of
     * what may be in the snapshot. The segments go to the archive. Appends go on meanwhile. A log does this by itself
     * with small segments, see its configuration.
     *
     * @param collection the collection's name
     * @return the sequence up to which everything is in the snapshot or in a merged segment
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogUnavailableException if the storage failed: then the segments are as they were
     * @throws LogClosedException if the log is closed
     */
    long compact(String collection);

    /**
     * Flushes a collection to the sink that is attached to the log: everything that was acknowledged before is held by the sink
     * afterwards, durably, and has left the log's memory, its snapshot and its segments, which go to the archive. Appends and
     * reads go on meanwhile. A log does this by itself, see its configuration.
     *
     * @param collection the collection's name
     * @return the sequence up to which the sink holds everything
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws IllegalArgumentException if the sink takes no entries of the collection
     * @throws LogUnavailableException if no sink is attached, or it or the storage failed; the log keeps what was not flushed
     * @throws LogClosedException if the log is closed
     */
    long flush(String collection);

    /**
     * The settings in effect for a collection: those of the log's configuration that a collection may override, with its
     * own over them.
     *
     * @param collection the collection's name
     * @return values by their names in the configuration
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection has that name
     * @throws LogClosedException if the log is closed
     */
    Map<String, String> settings(String collection);

    /**
     * What state the log and each of its collections are in.
     *
     * @return a snapshot for people and monitoring; its parts may be moments apart
     */
    LogStatus status();
}
