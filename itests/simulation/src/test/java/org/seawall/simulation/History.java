package org.seawall.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.SequenceRange;

/** The model of one collection: what every client knows of it, against which everything that the log tells is held. */
final class History {
    /** By sequence, from 1: acknowledged, or seen by somebody. None of it may change or be lost. */
    private final List<Entry> known = new ArrayList<>();

    private final List<Opening> openings = new ArrayList<>();

    /** Told not to have been written, or not there when the log was recovered: may never be seen again. */
    private final Set<Entry> gone = new HashSet<>();

    /** Up to where a snapshot or a compaction may have dropped what is not live. */
    private long droppedUpTo;

    private boolean cleaned;
    private boolean dropped;

    int size() {
        return known.size();
    }

    boolean dropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    void cleaningBegins() {
        cleaned = true;
    }

    void submitted(Opening opening, Batch batch) {
        opening.pending().add(batch);
    }

    /** Laws 1 and 5: in order, without a gap, and never again once the storage has failed. */
    void acknowledged(Opening opening, Batch batch, SequenceRange range) {
        Check.that(!opening.failed(), () -> "acknowledged after the storage failed, batch=" + batch);
        Check.that(
                range.last() - range.first() + 1 == batch.entries().size(),
                () -> "range of another length, range=" + range + ", batch=" + batch);
        if (opening.pending().contains(batch)) {
            Check.that(
                    opening.pending().get(0) == batch,
                    () -> "acknowledged out of order, batch=" + batch + ", before=" + opening.pending());
            opening.pending().remove(0);
            Check.that(
                    range.first() == known.size() + 1,
                    () -> "acknowledged at a sequence that is not the next, range=" + range + ", known=" + known.size()
                            + ", batch=" + batch);
            known.addAll(batch.entries());
        }
        long sequence = range.first();
        for (Entry entry : batch.entries()) {
            same(sequence++, entry);
        }
    }

    /** Told not to have been written. */
    void refused(Opening opening, Batch batch) {
        if (opening.pending().remove(batch)) {
            gone.addAll(batch.entries());
        }
    }

    /** Laws 1, 2 and 6: what an opening shows when it is met, and how much was known when its recovery began. */
    void recovered(Opening opening, int knownBefore, long nowMillis) {
        SortedMap<Long, Entry> shown = Reads.all(opening.log());
        long last = opening.log().memtable().lastSequence();
        while (known.size() < last) {
            adopt(shown);
        }
        Check.that(
                last >= knownBefore,
                () -> "acknowledged or seen, and lost, last=" + last + ", known=" + knownBefore + ": "
                        + words(known.subList((int) last, knownBefore)));
        if (cleaned) {
            droppedUpTo = Math.max(droppedUpTo, known.size());
            cleaned = false;
        }
        shown.forEach(this::same);
        requireWhatMustBeThere(shown, (int) last, nowMillis);
        settle(opening);
        openings.add(opening);
    }

    /** The next batch must be the first that some opening has not been told about, and be there whole. */
    private void adopt(SortedMap<Long, Entry> shown) {
        long next = known.size() + 1;
        for (Opening opening : openings) {
            for (Batch first : opening.pending().stream().limit(1).toList()) {
                if (first.entries().get(0).equals(shown.get(next))) {
                    opening.pending().remove(0);
                    known.addAll(first.entries());
                    for (int i = 0; i < first.entries().size(); i++) {
                        long sequence = next + i;
                        Check.that(
                                first.entries().get(i).equals(shown.get(sequence)),
                                () -> "a part of a batch, batch=" + first + ", sequence=" + sequence);
                    }
                    return;
                }
            }
        }
        throw new AssertionError("recovered what was not submitted, or in another order, sequence=" + next + ", entry="
                + Optional.ofNullable(shown.get(next)).map(Batch::words) + ", pending="
                + openings.stream().map(Opening::pending).toList());
    }

    private void requireWhatMustBeThere(SortedMap<Long, Entry> shown, int last, long nowMillis) {
        for (Map.Entry<String, LoggedEntry> live : live(last, nowMillis).entrySet()) {
            LoggedEntry newest = live.getValue();
            Check.that(
                    shown.containsKey(newest.sequence()),
                    () -> "live and lost, sequence=" + newest.sequence() + ", entry=" + Batch.words(newest.entry()));
        }
        for (long sequence = droppedUpTo + 1; sequence <= last; sequence++) {
            long missing = sequence;
            Check.that(shown.containsKey(missing), () -> "a gap behind what was dropped, sequence=" + missing);
        }
    }

    /** What an opening that writes no more has not written by now, it will not write. */
    private void settle(Opening newest) {
        for (Opening opening : openings) {
            if (!opening.writes() || opening.process() == newest.process()) {
                List<Batch> lost = opening.lostThoughWritten();
                Check.that(lost.isEmpty(), () -> "acknowledged as written, and lost with the process, batches=" + lost);
                opening.pending().forEach(batch -> gone.addAll(batch.entries()));
                opening.pending().clear();
                opening.fail();
            }
        }
        openings.removeIf(opening -> !opening.writes());
    }

    /** Law 2: a reader sees what is known, or what from now on is; or what is in flight, if it is allowed to. */
    void seen(Opening opening, LoggedEntry logged) {
        if (opening.process().world().immediate() && logged.sequence() > known.size()) {
            Check.that(
                    submitted(opening, logged.sequence())
                            .filter(logged.entry()::equals)
                            .isPresent(),
                    () -> "seen, and not submitted there, sequence=" + logged.sequence() + ", entry="
                            + Batch.words(logged.entry()));
            return;
        }
        if (logged.sequence() == known.size() + 1 && !opening.pending().isEmpty()) {
            known.addAll(opening.pending().remove(0).entries());
        }
        same(logged.sequence(), logged.entry());
    }

    private Optional<Entry> submitted(Opening opening, long sequence) {
        return opening.pending().stream()
                .flatMap(batch -> batch.entries().stream())
                .skip(sequence - known.size() - 1)
                .findFirst();
    }

    private void same(long sequence, Entry entry) {
        Check.that(!gone.contains(entry), () -> "told not to have been written, and seen: " + Batch.words(entry));
        Check.that(
                sequence >= 1 && sequence <= known.size(),
                () -> "seen before it was durable, sequence=" + sequence + ", entry=" + Batch.words(entry) + ", known="
                        + known.size());
        Entry expected = known.get((int) sequence - 1);
        Check.that(
                expected.equals(entry),
                () -> "another entry, sequence=" + sequence + ", expected=" + Batch.words(expected) + ", actual="
                        + Batch.words(entry));
    }

    /** The newest version of an id that is neither deleted nor expired, up to what an opening shows. */
    Optional<LoggedEntry> get(Opening opening, String id, long nowMillis) {
        long upTo = opening.log().memtable().lastSequence();
        for (long sequence = upTo; sequence > known.size(); sequence--) {
            Optional<Entry> entry = submitted(opening, sequence);
            if (entry.filter(one -> one.id().equals(id)).isPresent()) {
                long at = sequence;
                return entry.filter(one -> one.operation() != Operation.DELETE && !expired(one, nowMillis))
                        .map(one -> new LoggedEntry(at, one));
            }
        }
        return Optional.ofNullable(
                live((int) Math.min(upTo, known.size()), nowMillis).get(id));
    }

    /** Whether an entry is the newest of its id, up to a sequence. */
    private Map<String, LoggedEntry> live(int upTo, long nowMillis) {
        Map<String, LoggedEntry> newest = new LinkedHashMap<>();
        for (int i = 0; i < upTo; i++) {
            newest.put(known.get(i).id(), new LoggedEntry(i + 1L, known.get(i)));
        }
        Map<String, LoggedEntry> live = new TreeMap<>(new HashMap<>(newest));
        live.values().removeIf(logged -> expired(logged.entry(), nowMillis));
        live.values().removeIf(logged -> logged.entry().operation() == Operation.DELETE);
        return live;
    }

    private static boolean expired(Entry entry, long nowMillis) {
        return entry.expiresAtMillis() != 0 && entry.expiresAtMillis() <= nowMillis;
    }

    private static List<String> words(List<Entry> entries) {
        return entries.stream().map(Batch::words).toList();
    }
}
