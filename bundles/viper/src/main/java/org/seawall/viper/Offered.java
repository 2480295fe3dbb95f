package org.seawall.viper;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.osgi.framework.ServiceReference;

/** The services of one kind that are there at present. Safe for use by several threads. */
final class Offered<T> {
    private final Map<ServiceReference<T>, T> services = new ConcurrentHashMap<>();

    void add(ServiceReference<T> reference, T service) {
        services.put(reference, service);
    }

    void remove(ServiceReference<T> reference) {
        services.remove(reference);
    }

    /** The best that fits: of a higher ranking, then the older one. */
    Optional<T> best(Predicate<ServiceReference<T>> fits) {
        return services.keySet().stream()
                .filter(fits)
                .max(Comparator.naturalOrder())
                .map(services::get);
    }

    /** The texts of a property that is one text or several. */
    static List<String> texts(Object property) {
        if (property instanceof String[] several) {
            return Arrays.asList(several);
        }
        return property instanceof String one ? List.of(one) : List.of();
    }
}
