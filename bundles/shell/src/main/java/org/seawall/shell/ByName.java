package org.seawall.shell;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Services by the name of their log. Of two with one name the later is found, and the earlier again when that is gone. */
final class ByName<T> {
    private final List<Named<T>> services = new CopyOnWriteArrayList<>();

    private record Named<T>(String name, T service) {}

    void add(String name, T service) {
        services.add(0, new Named<>(name, service));
    }

    void remove(T service) {
        services.removeIf(named -> named.service.equals(service));
    }

    Optional<T> find(String name) {
        return services.stream()
                .filter(named -> named.name.equals(name))
                .map(Named::service)
                .findFirst();
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        services.forEach(named -> names.add(named.name));
        return names;
    }
}
