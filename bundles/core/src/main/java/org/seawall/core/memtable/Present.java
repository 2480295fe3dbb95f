package org.seawall.core.memtable;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.seawall.Operation;

/** What a memtable held at a moment. Safe for use by several threads. */
public final class Present {
    private final Content content;
    private final long upTo;
    private final long nowMillis;

    Present(Content content, long upTo, long nowMillis) {
        this.content = content;
        this.upTo = upTo;
        this.nowMillis = nowMillis;
    }

    /**
     * Up to where entries have left for a sink.
     *
     * @return a sequence; 0 for none
     */
    public long released() {
        return content.released();
    }

    /**
     * The newest sequence that counts.
     *
     * @return at least {@link #released}
     */
    public long upTo() {
        return upTo;
    }

    /**
     * The live entries.
     *
     * @return a cursor before the first of them
     */
    public LiveCursor live() {
        return LiveCursor.live(content.slots(), upTo, nowMillis);
    }

    /**
     * The live entries of a stretch: of each id the newest version up to its end.
     *
     * @param after the sequence before the stretch
     * @param last the last sequence of the stretch
     * @return a cursor before the first of them
     */
    public LiveCursor live(long after, long last) {
        return stretch(after, last, (slot, entry) -> slot.liveAt(entry, last) && !slot.expired(entry, nowMillis));
    }

    /**
     * The ids whose newest version in a stretch is a delete, or has expired.
     *
     * @param after the sequence before the stretch
     * @param last the last sequence of the stretch
     * @return each once, in the order of sequences; may be gone through several times
     */
    public Iterable<String> deleted(long after, long last) {
        return () -> new Ids(stretch(after, last, (slot, entry) -> newestAt(slot, entry, last) && dead(slot, entry)));
    }

    /**
     * Where a stretch of about so many bytes ends.
     *
     * @param after the sequence before the stretch
     * @param bytes of encoded entries, at least one batch
     * @return its last sequence; that of the newest entry if there are no more
     */
    public long end(long after, long bytes) {
        Slots slots = content.slots();
        long sum = 0;
        for (int i = slots.indexOf(after + 1); i < slots.size(); i++) {
            sum += slots.get(i).batch.sizeBytes();
            if (sum >= bytes) {
                return slots.get(i).last();
            }
        }
        return upTo;
    }

    /**
     * Whether there is a version of an id behind a sequence.
     *
     * @param id the id
     * @param after the sequence
     * @return false if all versions are older, or newer than the moment
     */
    public boolean changed(String id, long after) {
        return content.versions(id.getBytes(StandardCharsets.UTF_8)).stream()
                .anyMatch(version -> version.sequence() > after && version.sequence() <= upTo);
    }

    /**
     * The ids of all versions behind a sequence.
     *
     * @param after the sequence
     * @param ids takes them, in the order of sequences
     */
    public void changed(long after, Consumer<String> ids) {
        new Ids(stretch(after, upTo, (slot, entry) -> slot.batch.id(entry).length > 0)).forEachRemaining(ids);
    }

    private LiveCursor stretch(long after, long last, LiveCursor.Choice choice) {
        Slots slots = content.slots();
        // a slot that was made of several batches may begin in the stretch and end behind it
        int end = Math.min(slots.size(), slots.indexOf(last + 1) + 1);
        return new LiveCursor(slots, slots.indexOf(after + 1), end, (slot, entry) -> {
            long sequence = slot.first + entry;
            return sequence > after && sequence <= last && choice.takes(slot, entry);
        });
    }

    private static boolean newestAt(Slot slot, int entry, long last) {
        long by = slot.supersededBy(entry);
        return by == 0 || by > last;
    }

    private boolean dead(Slot slot, int entry) {
        return slot.batch.operation(entry) == Operation.DELETE || slot.expired(entry, nowMillis);
    }

    /** The ids of what a cursor stops at. */
    private static final class Ids implements Iterator<String> {
        private final LiveCursor cursor;
        private boolean atEntry;

        private Ids(LiveCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            atEntry = atEntry || cursor.next();
            return atEntry;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more ids");
            }
            atEntry = false;
            return new String(cursor.batch().id(cursor.index()), StandardCharsets.UTF_8);
        }
    }
}
