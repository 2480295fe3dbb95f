package org.seawall.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.seawall.CollectionView;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.Operation;
import org.seawall.PointInTime;
import org.seawall.SequenceRange;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;

/** The collections of a {@link JournalLog} in memory. */
final class JournalState {
    private final Map<String, Open> collections = new TreeMap<>();
    private final JournalFlaw flaw;

    JournalState(JournalFlaw flaw) {
        this.flaw = flaw;
    }

    /** A collection with everything that happened to it. */
    static final class Open {
        private volatile CollectionInfo info;
        private final List<LoggedEntry> entries = new ArrayList<>();
        private final NavigableMap<Long, Long> written = new TreeMap<>();
        private SequenceRange newest = new SequenceRange(1, 1);

        Open(CollectionInfo info) {
            this.info = info;
        }

        CollectionInfo info() {
            return info;
        }

        synchronized long last() {
            return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).sequence();
        }

        synchronized long live() {
            return entries.stream()
                    .map(logged -> logged.entry().id())
                    .distinct()
                    .count();
        }

        synchronized long last(long millis) {
            return written.entrySet().stream()
                    .filter(batch -> batch.getValue() <= millis)
                    .mapToLong(Map.Entry::getKey)
                    .max()
                    .orElse(0);
        }

        synchronized Instant moment(long sequence) {
            return Instant.ofEpochMilli(
                    sequence > last()
                            ? System.currentTimeMillis()
                            : written.ceilingEntry(sequence).getValue());
        }

        synchronized Optional<LoggedEntry> from(long sequence) {
            return entries.stream()
                    .filter(logged -> logged.sequence() >= sequence)
                    .findFirst();
        }
    }

    synchronized void put(CollectionInfo info) {
        collections.computeIfAbsent(info.name(), name -> new Open(info)).info = info;
    }

    synchronized void remove(String name) {
        collections.remove(name);
    }

    synchronized List<Open> all() {
        return List.copyOf(collections.values());
    }

    synchronized Optional<CollectionInfo> find(String name) {
        return Optional.ofNullable(collections.get(name)).map(Open::info);
    }

    synchronized Open collection(String name) {
        Open open = collections.get(name);
        if (open == null) {
            throw new CollectionNotFoundException(name, "journal");
        }
        return open;
    }

    synchronized void append(String name, long written, List<Entry> batch) {
        Open open = collection(name);
        synchronized (open) {
            long first = open.last() + 1 + (flaw == JournalFlaw.GAP_BETWEEN_BATCHES && open.last() > 0 ? 1 : 0);
            int at = flaw == JournalFlaw.NEWEST_BATCH_FIRST ? 0 : open.entries.size();
            for (int i = 0; i < batch.size(); i++) {
                open.entries.add(at + i, new LoggedEntry(first + i, batch.get(i)));
            }
            open.newest = new SequenceRange(first, first + batch.size() - 1);
            open.written.put(open.newest.last(), written);
        }
    }

    synchronized SequenceRange newest(String name) {
        Open open = collections.get(name);
        return open == null ? new SequenceRange(1, 1) : open.newest;
    }

    /** The range that a change will have. */
    synchronized SequenceRange next(String name, byte[] change) {
        Open open = collections.get(name);
        return change[0] == 'a' && open != null ? new SequenceRange(open.last() + 1, open.last() + 1) : newest(name);
    }

    synchronized Optional<LoggedEntry> get(String name, String id) {
        Open open = collection(name);
        synchronized (open) {
            Optional<LoggedEntry> newest = Optional.empty();
            for (LoggedEntry logged : open.entries) {
                boolean counts = flaw != JournalFlaw.FINDS_WHAT_IS_DELETED || operation(logged) == Operation.PUT;
                newest = logged.entry().id().equals(id) && counts ? Optional.of(logged) : newest;
            }
            long now = flaw == JournalFlaw.FINDS_WHAT_IS_EXPIRED ? 0 : System.currentTimeMillis();
            return newest.filter(logged ->
                    operation(logged) == Operation.PUT && !logged.entry().expired(now));
        }
    }

    synchronized void forgetDeletes(String name) {
        Open open = collection(name);
        synchronized (open) {
            open.entries.removeIf(logged -> operation(logged) == Operation.DELETE);
        }
    }

    synchronized List<LoggedEntry> history(String name, String id) {
        Open open = collection(name);
        synchronized (open) {
            List<LoggedEntry> versions = new ArrayList<>();
            for (LoggedEntry logged : open.entries) {
                boolean lacking = flaw == JournalFlaw.HISTORY_LACKS_DELETES && operation(logged) == Operation.DELETE;
                if (logged.entry().id().equals(id) && !lacking) {
                    versions.add(flaw == JournalFlaw.HISTORY_BEGINS_WITH_THE_OLDEST ? versions.size() : 0, logged);
                }
            }
            return versions;
        }
    }

    synchronized CollectionView view(String name, PointInTime at) {
        Open open = collection(name);
        synchronized (open) {
            long last = at instanceof PointInTime.AtSequence point
                    ? point.sequence() + (flaw == JournalFlaw.VIEW_SHOWS_WHAT_CAME_LATER ? 1 : 0)
                    : open.last(moment(at).toEpochMilli());
            List<LoggedEntry> appended = open.entries.stream()
                    .filter(logged -> logged.sequence() <= last)
                    .toList();
            boolean never = flaw == JournalFlaw.VIEW_IS_NEVER_CLOSED;
            return new ListView(appended, at instanceof PointInTime.AtMoment ? moment(at) : open.moment(last), never);
        }
    }

    private Instant moment(PointInTime at) {
        return flaw == JournalFlaw.VIEW_GOES_BY_TODAY ? Instant.now() : ((PointInTime.AtMoment) at).moment();
    }

    private static Operation operation(LoggedEntry logged) {
        return logged.entry().operation();
    }
}
