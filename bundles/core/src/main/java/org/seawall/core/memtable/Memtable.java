package org.seawall.core.memtable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.seawall.LoggedEntry;
import org.seawall.spi.serializer.EncodedBatch;

/**
 * The entries of a collection in memory, as the encoded batches that were written or read, with one order of sequences and
 * one index of ids. No entry is an object until somebody asks for it.
 *
 * <p>One thread adds, in the order of sequences, what is durable; any number of threads read. A reader sees everything up
 * to {@link #lastSequence()} at the moment at which it began, and nothing behind it.
 *
 * <p>What is superseded, deleted or expired leaves by {@link #rebuild}: new content is made in the background from what was
 * kept and what has come since, and takes the place of the old one between two groups. Nobody waits for it.
 */
public final class Memtable {
    /** The most entries that a batch may have. */
    public static final int MAX_ENTRIES_PER_BATCH = IdIndex.MAX_ENTRIES_PER_BATCH;

    private volatile Content content = new Content();
    private volatile long lastSequence;
    private volatile Keep.Sink sink = Keep.Sink.NONE;

    /**
     * Adds a durable batch. Readers that begin afterwards see it.
     *
     * @param first sequence of its first entry, above {@link #lastSequence()}
     * @param batch its entries
     */
    public void add(long first, EncodedBatch batch) {
        if (first <= lastSequence || content.full()) {
            throw new IllegalStateException("batch does not fit behind the newest one, first=" + first + ", last="
                    + lastSequence + ", batches=" + content.slots().size());
        }
        content.add(new Slot(first, batch));
        lastSequence = first + batch.count() - 1;
    }

    /**
     * Says that sequences up to a point were given, though not all of their entries are here: they are not live any more.
     *
     * @param sequence the newest sequence
     */
    public void advanceTo(long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
    }

    /**
     * Says what a recovery has begun with, before anything is added.
     *
     * @param releasedUpTo the sequence up to which entries have left for a sink; 0 for none
     * @param deletesUpTo the sequence up to which deletes may be missing
     */
    public void beginBehind(long releasedUpTo, long deletesUpTo) {
        content.beginBehind(releasedUpTo, deletesUpTo);
        sink = new Keep.Sink(releasedUpTo > 0, releasedUpTo);
        advanceTo(releasedUpTo);
    }

    /**
     * What a sink holds, as far as it is known.
     *
     * @return for what is to be kept
     */
    public Keep.Sink sink() {
        return sink;
    }

    /**
     * Says what a sink holds: from now on deletes are kept until it has learned them, and a snapshot releases what it holds.
     *
     * @param flushed the sequence up to which it holds everything; 0 for nothing
     */
    public void sinkHolds(long flushed) {
        sink = new Keep.Sink(true, Math.max(flushed, sink.released()));
    }

    /**
     * Up to where entries have left for a sink.
     *
     * @return a sequence; 0 if all that is live is here
     */
    public long released() {
        return content.released();
    }

    /**
     * Behind which sequence every delete is here, or was learned by a sink.
     *
     * @return a sequence; a sink that holds less may hold what was deleted, and nobody knows
     */
    public long deletesBehind() {
        return content.deletesBehind();
    }

    /**
     * Whether there is a version of an id, live or not.
     *
     * @param id the id
     * @return false if a sink has to be asked
     */
    public boolean knows(String id) {
        return content.newest(id.getBytes(StandardCharsets.UTF_8)).isPresent();
    }

    /**
     * What is here now, and stays so.
     *
     * @param nowMillis the moment at which an entry counts as expired
     * @return the entries of this moment
     */
    public Present present(long nowMillis) {
        Content now = content;
        return new Present(now, lastSequence, nowMillis);
    }

    /**
     * The newest version of an id, if it is live.
     *
     * @param id the id
     * @param nowMillis the moment at which an entry counts as expired
     * @return the entry, or empty
     */
    public Optional<LoggedEntry> get(String id, long nowMillis) {
        return content.newest(id.getBytes(StandardCharsets.UTF_8))
                .filter(newest -> newest.live(nowMillis))
                .map(Content.Found::logged);
    }

    /**
     * The versions of an id that are here.
     *
     * @param id the id
     * @return the newest first, deletes and expired ones included
     */
    public List<LoggedEntry> history(String id) {
        return content.versions(id.getBytes(StandardCharsets.UTF_8)).stream()
                .map(Content.Found::logged)
                .toList();
    }

    /**
     * The newest version of an id up to a sequence, if it was live then.
     *
     * @param id the id
     * @param sequence the newest sequence that counts
     * @param nowMillis the moment at which an entry counts as expired
     * @return the entry, or empty
     */
    public Optional<LoggedEntry> getAt(String id, long sequence, long nowMillis) {
        return content.versions(id.getBytes(StandardCharsets.UTF_8)).stream()
                .filter(version -> version.sequence() <= sequence)
                .findFirst()
                .filter(newest -> newest.live(nowMillis))
                .map(Content.Found::logged);
    }

    /**
     * The live entries as they are now.
     *
     * @param nowMillis the moment at which an entry counts as expired
     * @return a cursor before the first of them
     */
    public LiveCursor live(long nowMillis) {
        return LiveCursor.live(content.slots(), lastSequence, nowMillis);
    }

    /**
     * The live entries as they were at a sequence.
     *
     * @param sequence the newest sequence that counts, at most {@link #lastSequence()}
     * @param nowMillis the moment at which an entry counts as expired
     * @return a cursor before the first of them
     */
    public LiveCursor liveAt(long sequence, long nowMillis) {
        return LiveCursor.live(content.slots(), sequence, nowMillis);
    }

    /**
     * A position over all entries, the dead ones included.
     *
     * @param fromSequence where to begin
     * @return the position
     */
    public SequenceCursor from(long fromSequence) {
        return new SequenceCursor(this, Math.max(1, fromSequence));
    }

    /**
     * The newest sequence.
     *
     * @return 0 if there is none
     */
    public long lastSequence() {
        return lastSequence;
    }

    /**
     * How many entries are live, expired ones among them.
     *
     * @return the number
     */
    public long liveEntries() {
        return content.liveEntries();
    }

    /**
     * The memory that the batches take.
     *
     * @return bytes, without the index
     */
    public long batchBytes() {
        return content.batchBytes();
    }

    /**
     * What is to survive of a stretch.
     *
     * @param keep the stretch, and what is kept of it
     * @return a cursor before the first entry that is kept
     */
    public LiveCursor kept(Keep keep) {
        Slots slots = content.slots();
        return new LiveCursor(
                slots,
                slots.indexOf(keep.first()),
                slots.indexOf(keep.last() + 1),
                (slot, entry) -> keep.keeps(slots, slot, entry));
    }

    /**
     * The bytes of entries that would not survive. Looks at every entry unless {@code atLeast} cannot be reached.
     *
     * @param keep what is kept
     * @param atLeast fewer are of no interest
     * @return bytes of encoded entries, or 0 if they are certainly fewer
     */
    public long deadBytes(Keep keep, long atLeast) {
        Content now = content;
        if (now.perishableBytes() < atLeast) {
            return 0;
        }
        long dead = 0;
        int end = now.slots().indexOf(keep.last() + 1);
        for (int i = now.slots().indexOf(keep.first()); i < end; i++) {
            Slot slot = now.slots().get(i);
            for (int entry = 0; entry < slot.batch.count(); entry++) {
                dead += keep.keeps(now.slots(), slot, entry) ? 0 : slot.batch.entryBytes(entry);
            }
        }
        return dead;
    }

    /**
     * Begins to make new content beside the old one. One at a time.
     *
     * @param keep the stretch of which only what was kept stays
     * @return takes what was kept
     */
    public Rebuild rebuild(Keep keep) {
        return new Rebuild(content, keep);
    }

    /**
     * Takes new content instead of the old one. Readers that have begun go on with the old one. Called by the thread that
     * adds.
     *
     * @param rebuild the new content, of which only the newest batches are missing
     */
    public void swap(Rebuild rebuild) {
        rebuild.catchUp();
        content = rebuild.of(content);
    }

    Content content() {
        return content;
    }
}
