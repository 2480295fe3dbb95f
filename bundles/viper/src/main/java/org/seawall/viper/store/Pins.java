package org.seawall.viper.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Which versions of a directory's manifest are being viewed, and how often. Safe for use by several threads. */
final class Pins {
    private final Map<Long, Integer> views = new TreeMap<>();

    /** Takes what is there now, and notes it in the same moment: what is asked for behind this has it. */
    synchronized Contents add(Supplier<Contents> now) {
        Contents contents = now.get();
        views.merge(contents.manifest().version(), 1, Integer::sum);
        return contents;
    }

    synchronized void remove(Contents contents) {
        views.computeIfPresent(contents.manifest().version(), (same, count) -> count == 1 ? null : count - 1);
    }

    synchronized Set<Long> versions() {
        return Set.copyOf(views.keySet());
    }
}
