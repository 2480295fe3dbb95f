package org.seawall.simulation;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.core.engine.BatchLog;

/** Reads a log from its begin to its end. */
final class Reads {
    private Reads() {}

    static SortedMap<Long, Entry> all(BatchLog log) {
        SortedMap<Long, Entry> all = new TreeMap<>();
        try (LogReader reader = log.read(1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                all.put(next.get().sequence(), next.get().entry());
            }
        }
        return all;
    }
}
