package org.seawall.simulation;

import java.util.List;
import org.seawall.Entry;

/** What was submitted at once. Every entry of a run has a timestamp of its own, so that no two are equal. */
record Batch(int number, List<Entry> entries) {
    @Override
    public String toString() {
        return "b" + number + entries.stream().map(Batch::words).toList();
    }

    static String words(Entry entry) {
        return entry.operation() + " " + entry.id() + "#" + entry.timestampMillis();
    }
}
