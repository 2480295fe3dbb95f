package org.seawall.viper.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seawall.search.Filter;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.viper.store.Deadline;
import org.seawall.viper.store.StoreView;

/**
 * Tells a filter that happens to match nothing from one that never could: one that needs a field which no entry has, or another kind of value
 * than entries have in it. Of conditions that are joined by {@code or} one that could is enough, and what is negated always could. Looks at
 * entries until it knows. For one search.
 */
final class FilterCheck {
    private final Filter filter;
    private final String collection;
    private final Deadline deadline;

    /** The kinds of value that each field was seen with. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    private boolean any;

    FilterCheck(Filter filter, String collection, Deadline deadline) {
        this.filter = filter;
        this.collection = collection;
        this.deadline = deadline;
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
        boolean could = impossible(filter).isEmpty();
        while (!could && live.next()) {
            could = see(live.entry().metadata());
        }
        if (!could && view.isPresent()) {
            could = view.get().anyMetadata(nowMillis, this::see);
        }
        Optional<Comparison> first = impossible(filter);
        if (could || !any || first.isEmpty()) {
            return;
        }
        String field = first.get().field();
        Set<String> kinds = seen.get(field);
        if (kinds == null) {
            throw new IllegalArgumentException("no entry has the field that the filter compares, field=" + field
                    + ", fields=" + new TreeSet<>(seen.keySet()) + ", collection=" + collection);
        }
        throw new IllegalArgumentException(
                "filter compares a field with another kind of value than entries have in it, field=" + field
                        + ", expected=" + kinds + ", actual=" + first.get().kinds() + ", collection=" + collection);
    }

    /** Whether the filter could match, by what was seen up to this entry. */
    private boolean see(Map<String, Object> metadata) {
        deadline.check();
        any = true;
        boolean news = false;
        for (Map.Entry<String, Object> pair : metadata.entrySet()) {
            news |= seen.computeIfAbsent(pair.getKey(), name -> new TreeSet<>()).add(kind(pair.getValue()));
        }
        return news && impossible(filter).isEmpty();
    }

    /** A field and the kinds of value that it is compared with, of which one would do. */
    private record Comparison(String field, Set<String> kinds) {
        static Comparison with(String field, Stream<Object> values) {
            return new Comparison(field, values.map(FilterCheck::kind).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** The first comparison for which a filter could not match, by what was seen so far; empty if it could. */
    private Optional<Comparison> impossible(Filter part) {
        if (part instanceof Filter.Equal equal) {
            return unseen(Comparison.with(equal.field(), Stream.of(equal.value())));
        }
        if (part instanceof Filter.In in) {
            return unseen(Comparison.with(in.field(), in.values().stream()));
        }
        if (part instanceof Filter.Range range) {
            return unseen(Comparison.with(
                    range.field(), range.from().or(range::to).stream().map(Filter.Bound::value)));
        }
        if (part instanceof Filter.And and) {
            return and.conditions().stream()
                    .flatMap(condition -> impossible(condition).stream())
                    .findFirst();
        }
        if (part instanceof Filter.Or or) {
            List<Optional<Comparison>> all =
                    or.conditions().stream().map(this::impossible).toList();
            return all.stream().allMatch(Optional::isPresent) ? all.get(0) : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Comparison> unseen(Comparison comparison) {
        Set<String> kinds = seen.getOrDefault(comparison.field(), Set.of());
        return comparison.kinds().stream().anyMatch(kinds::contains) ? Optional.empty() : Optional.of(comparison);
    }
}
