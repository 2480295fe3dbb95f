package org.seawall.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.catalog.StoredCatalog;

/** The model of the catalog: which collections there are, and the model of each. One change is made at a time. */
final class Collections {
    /** A name's collection. The id of one whose creation was not acknowledged is not known. */
    private record Known(Optional<String> id, String owner) {}

    private final Map<String, History> histories = new HashMap<>();
    private SortedMap<String, Known> known = new TreeMap<>();
    private Optional<SortedMap<String, Known>> uncertain = Optional.empty();

    History history(String id) {
        return histories.computeIfAbsent(id, any -> new History());
    }

    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new HashMap<>();
        histories.forEach((id, history) -> sizes.put(id, history.size()));
        return sizes;
    }

    List<String> names() {
        return List.copyOf(known.keySet());
    }

    void creates(String name) {
        begins(next -> next.put(name, new Known(Optional.empty(), "")));
    }

    void updates(String name, String owner) {
        begins(next -> next.put(name, new Known(known.get(name).id(), owner)));
    }

    void drops(String name) {
        known.get(name).id().ifPresent(id -> history(id).drop());
        begins(next -> next.remove(name));
    }

    private void begins(java.util.function.Consumer<SortedMap<String, Known>> change) {
        SortedMap<String, Known> next = new TreeMap<>(known);
        change.accept(next);
        uncertain = Optional.of(next);
    }

    void created(CollectionInfo info) {
        done();
        known.put(info.name(), new Known(Optional.of(info.id().toString()), ""));
    }

    void done() {
        known = uncertain.orElseThrow();
        uncertain = Optional.empty();
    }

    /** Told not to have taken place. */
    void refused() {
        uncertain = Optional.empty();
    }

    /** All that was acknowledged is there, and of the change whose outcome is not known all or nothing. */
    void recovered(StoredCatalog catalog) {
        SortedMap<String, Known> shown = new TreeMap<>();
        for (CollectionInfo info : catalog.list()) {
            shown.put(
                    info.name(),
                    new Known(Optional.of(info.id().toString()), info.spec().owner()));
        }
        boolean as = same(known, shown)
                || uncertain.filter(next -> same(next, shown)).isPresent();
        Check.that(as, () -> "another catalog, shown=" + shown + ", known=" + known + ", uncertain=" + uncertain);
        known = shown;
        uncertain = Optional.empty();
    }

    private static boolean same(SortedMap<String, Known> expected, SortedMap<String, Known> shown) {
        UnaryOperator<SortedMap<String, Known>> anonymous = map -> {
            SortedMap<String, Known> copy = new TreeMap<>(map);
            expected.forEach((name, one) -> {
                if (one.id().isEmpty()) {
                    copy.computeIfPresent(name, (any, other) -> new Known(Optional.empty(), other.owner()));
                }
            });
            return copy;
        };
        return expected.equals(anonymous.apply(shown));
    }
}
