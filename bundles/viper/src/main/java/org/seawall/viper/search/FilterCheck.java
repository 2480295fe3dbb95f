package org.seawall.viper.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seawall.search.Filter;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.viper.store.Deadline;
import org.seawall.viper.store.StoreView;

/**
 * Tells a filter that happens to match nothing from one that never could: one that compares a field which no entry has, or with a kind of
 * value that no entry has in it. Looks at entries until each field was seen with such a value. For one search.
 */
final class FilterCheck {
    private final String collection;
    private final Deadline deadline;

    /** The kinds of value that a field is compared with and was not seen with yet. */
    private final Map<String, Set<String>> unseen = new TreeMap<>();

    private final Map<String, Set<String>> seen = new HashMap<>();
    private boolean any;

    FilterCheck(Filter filter, String collection, Deadline deadline) {
        this.collection = collection;
        this.deadline = deadline;
        note(filter);
    }

    private void note(Filter part) {
        if (part instanceof Filter.Equal equal) {
            note(equal.field(), equal.value());
        } else if (part instanceof Filter.In in) {
            in.values().forEach(value -> note(in.field(), value));
        } else if (part instanceof Filter.Range range) {
            range.from().ifPresent(bound -> note(range.field(), bound.value()));
            range.to().ifPresent(bound -> note(range.field(), bound.value()));
        } else if (part instanceof Filter.And and) {
            and.conditions().forEach(this::note);
        } else if (part instanceof Filter.Or or) {
            or.conditions().forEach(this::note);
        } else if (part instanceof Filter.Not not) {
            note(not.condition());
        }
    }

    private void note(String field, Object value) {
        unseen.computeIfAbsent(field, name -> new TreeSet<>()).add(kind(value));
    }

    private static String kind(Object value) {
        return value instanceof String ? "text" : value instanceof Boolean ? "truth value" : "number";
    }

    /**
     * Refuses the filter if it could never match what is there.
     *
     * @param live entries of the log, from their begin
     * @throws IllegalArgumentException naming the field, what it is compared with and what is there
     */
    void check(LiveEntries live, Optional<StoreView> view, long nowMillis) throws IOException {
        boolean all = unseen.isEmpty();
        while (!all && live.next()) {
            all = see(live.entry().metadata());
        }
        if (!all && view.isPresent()) {
            all = view.get().anyMetadata(nowMillis, this::see);
        }
        if (all || !any) {
            return;
        }
        Map.Entry<String, Set<String>> first = unseen.entrySet().iterator().next();
        Set<String> kinds = seen.get(first.getKey());
        if (kinds == null) {
            throw new IllegalArgumentException("no entry has the field that the filter compares, field="
                    + first.getKey() + ", fields=" + new TreeSet<>(seen.keySet()) + ", collection=" + collection);
        }
        throw new IllegalArgumentException(
                "filter compares a field with another kind of value than entries have in it, field="
                        + first.getKey() + ", expected=" + kinds + ", actual=" + first.getValue() + ", collection="
                        + collection);
    }

    /** Whether every field was seen with each kind of value. */
    private boolean see(Map<String, Object> metadata) {
        deadline.check();
        any = true;
        metadata.forEach((field, value) -> {
            String kind = kind(value);
            seen.computeIfAbsent(field, name -> new TreeSet<>()).add(kind);
            Set<String> wanted = unseen.get(field);
            if (wanted != null && wanted.remove(kind) && wanted.isEmpty()) {
                unseen.remove(field);
            }
        });
        return unseen.isEmpty();
    }
}
