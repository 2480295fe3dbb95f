package org.seawall.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run did, in its order: a checksum of all, and the last lines. Safe for use by several threads. */
final class Trace {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int KEPT = Integer.getInteger("simulation.trace", 300);

    private final Deque<String> last = new ArrayDeque<>();
    private final Map<String, String> aliases = new HashMap<>();
    private long hash = 1;
    private long lines;

    /** Adds a line. Random names in it get numbers, so that they are the same in every run. */
    synchronized void add(long millis, String words) {
        Matcher matcher = UUID.matcher(words);
        String line = matcher.replaceAll(found -> aliases.computeIfAbsent(found.group(), id -> "id" + aliases.size()));
        hash = 31 * hash + (millis + line).hashCode();
        lines++;
        last.add(millis + " ms  " + line);
        if (last.size() > KEPT) {
            last.poll();
        }
    }

    synchronized long hash() {
        return hash;
    }

    synchronized long lines() {
        return lines;
    }

    synchronized String last() {
        return String.join("\n", last);
    }
}
