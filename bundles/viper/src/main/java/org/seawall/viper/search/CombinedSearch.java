package org.seawall.viper.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.seawall.LogCorruptException;
import org.seawall.search.Filter;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.search.SearchResult;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.viper.manifest.FileNames;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.store.Breadth;
import org.seawall.viper.store.Deadline;
import org.seawall.viper.store.FieldFilter;
import org.seawall.viper.store.Found;
import org.seawall.viper.store.Hidden;
import org.seawall.viper.store.SearchOptions;
import org.seawall.viper.store.StoreView;

/** One request over one moment of a log and its store. */
final class CombinedSearch {
    private static final Comparator<Found> NEAREST_FIRST =
            Comparator.comparingDouble(Found::rank).thenComparingLong(Found::sequence);

    private final SearchRequest request;
    private final long nowMillis;
    private final SearchThreads threads;
    private final Deadline deadline;
    private final Set<String> missing = new HashSet<>();

    CombinedSearch(SearchRequest request, long nowMillis, SearchThreads threads) {
        this.request = request;
        this.nowMillis = nowMillis;
        this.threads = threads;
        this.deadline = request.deadline().map(Deadline::in).orElse(Deadline.NONE);
    }

    /**
     * Searches.
     *
     * @param live the log
     * @param again the log from its begin, perhaps a moment later
     * @param view the store, if there is one
     * @return empty if the log has released more meanwhile, and it mattered
     */
    Optional<SearchResult> over(LiveEntries live, Supplier<LiveEntries> again, Optional<StoreView> view)
            throws IOException {
        missing.clear();
        List<Target> targets = Target.of(request.queries(), live.collection().spec());
        if (targets.isEmpty()) {
            return Optional.of(new SearchResult(List.of(), List.of()));
        }
        long flushed = view.map(there -> there.manifest().flushed()).orElse(0L);
        List<List<Found>> inMemory = new MemorySearch(live, flushed, options()).search(targets);
        List<List<Found>> inParts = view.isPresent() && flushed > 0
                ? inParts(live, view.get(), targets)
                : targets.stream().map(target -> List.<Found>of()).toList();
        List<List<SearchHit>> hits = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            hits.add(merged(inMemory.get(i), inParts.get(i)));
        }
        boolean nothing =
                inMemory.stream().allMatch(List::isEmpty) && inParts.stream().allMatch(List::isEmpty);
        if (request.filter().isPresent() && missing.isEmpty() && nothing) {
            LiveEntries later = again.get();
            if (later.released() > flushed) {
                return Optional.empty();
            }
            check(request.filter().get(), later, view);
        }
        return Optional.of(new SearchResult(hits, missing.stream().sorted().toList()));
    }

    /** Of what can be read; nothing is said of a filter of which a part that is damaged may have known more. */
    private void check(Filter filter, LiveEntries live, Optional<StoreView> view) throws IOException {
        try {
            new FilterCheck(filter, live.collection().name(), deadline).check(live, view, nowMillis);
        } catch (LogCorruptException e) {
            leaveOut(view.orElseThrow(), e);
        }
    }

    private SearchOptions options() {
        Predicate<Map<String, Object>> filter =
                request.filter().map(Matches::of).orElse(SearchOptions.ALL);
        return new SearchOptions(
                request.offset() + request.k(),
                request.exact(),
                breadth(),
                nowMillis,
                filter,
                new SearchOptions.Extras(request.vectors(), deadline, Set.copyOf(missing)));
    }

    private Breadth breadth() {
        return request.recall().isPresent()
                ? Breadth.recall(request.recall().getAsDouble())
                : Breadth.effort(request.effort());
    }

    /** Equal filters are one, so that what a part was found to let through is known the next time. */
    private record Matches(Filter filter, Set<String> fields) implements FieldFilter {
        static Predicate<Map<String, Object>> of(Filter filter) {
            return new Matches(filter, Fields.of(filter));
        }

        @Override
        public boolean test(Map<String, Object> metadata) {
            return filter.matches(metadata);
        }
    }

    /** Without what is newer in the log: it is looked for among what was found, and hidden only if there is any. */
    private List<List<Found>> inParts(LiveEntries live, StoreView view, List<Target> targets) throws IOException {
        long flushed = view.manifest().flushed();
        List<List<Found>> found = whole(view, targets, Hidden.NOTHING);
        boolean changed = live.upTo() > flushed
                && found.stream().flatMap(List::stream).anyMatch(hit -> live.changed(hit.id(), flushed));
        if (!changed) {
            return found;
        }
        List<String> ids = new ArrayList<>();
        live.changed(flushed, ids::add);
        return whole(view, targets, hide(view, ids));
    }

    private Hidden hide(StoreView view, List<String> ids) throws IOException {
        while (true) {
            try {
                return view.hide(ids, missing);
            } catch (LogCorruptException e) {
                leaveOut(view, e);
            }
        }
    }

    /** The nearest in all parts; if the request allows it, without those that are damaged. */
    private List<List<Found>> whole(StoreView view, List<Target> targets, Hidden hidden) throws IOException {
        while (true) {
            SearchOptions options = options();
            try {
                return threads.answers(
                        targets,
                        some -> view.search(some.stream().map(Target::query).toList(), options, hidden));
            } catch (LogCorruptException e) {
                leaveOut(view, e);
            }
        }
    }

    private void leaveOut(StoreView view, LogCorruptException damage) {
        Optional<String> part = view.manifest().parts().stream()
                .map(PartEntry::name)
                .filter(name -> damage.file().endsWith(name + FileNames.PART))
                .findFirst();
        if (!request.partial() || part.isEmpty() || !missing.add(part.get())) {
            throw damage;
        }
    }

    private List<SearchHit> merged(List<Found> inMemory, List<Found> inParts) {
        return Stream.concat(inMemory.stream(), inParts.stream())
                .sorted(NEAREST_FIRST)
                .skip(request.offset())
                .limit(request.k())
                .map(hit -> new SearchHit(hit.id(), hit.sequence(), hit.score(), hit.metadata(), hit.vector()))
                .toList();
    }
}
