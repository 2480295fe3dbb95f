package org.seawall.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.osgi.framework.Constants;

/** The services of one kind that are there at present, the best first: higher ranking, then older. */
final class Candidates<T> {

    /** A service with the properties that it is registered with. */
    record Candidate<T>(T service, Map<String, Object> properties) {
        private int ranking() {
            return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
        }

        private long id() {
            return properties.get(Constants.SERVICE_ID) instanceof Long id ? id : Long.MAX_VALUE;
        }
    }

    private final List<Candidate<T>> all = new CopyOnWriteArrayList<>();

    void add(T service, Map<String, Object> properties) {
        all.add(new Candidate<>(service, Map.copyOf(properties)));
    }

    void remove(T service) {
        all.removeIf(candidate -> candidate.service() == service);
    }

    List<T> services() {
        return sorted().stream().map(Candidate::service).toList();
    }

    /** The best that fits. */
    Optional<T> best(Predicate<T> fits) {
        return sorted().stream().map(Candidate::service).filter(fits).findFirst();
    }

    /** The best that fits among those that are ranked above the ordinary. */
    Optional<T> bestRanked(Predicate<T> fits) {
        return sorted().stream()
                .filter(candidate -> candidate.ranking() > 0)
                .map(Candidate::service)
                .filter(fits)
                .findFirst();
    }

    /** The best whose properties fit. */
    Optional<T> bestBy(Predicate<Map<String, Object>> fits) {
        return sorted().stream()
                .filter(candidate -> fits.test(candidate.properties()))
                .map(Candidate::service)
                .findFirst();
    }

    private List<Candidate<T>> sorted() {
        return all.stream()
                .sorted(Comparator.comparing((Candidate<T> candidate) -> -candidate.ranking())
                        .thenComparing(Candidate::id))
                .toList();
    }
}
