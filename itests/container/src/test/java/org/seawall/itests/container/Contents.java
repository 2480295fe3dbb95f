package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.WriteAheadLog;

/** Everything that a collection holds, from the oldest entry on. */
final class Contents {
    private Contents() {}

    static List<Entry> of(WriteAheadLog wal, String collection) {
        List<Entry> entries = new ArrayList<>();
        try (LogReader reader = wal.read(collection, 1)) {
            Optional<LoggedEntry> next = reader.poll();
            while (next.isPresent()) {
                entries.add(next.get().entry());
                assertEquals(entries.size(), next.get().sequence());
                next = reader.poll();
            }
        }
        return entries;
    }
}
