package org.seawall.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seawall.CollectionStatus;
import org.seawall.LogState;
import org.seawall.LogStatus;

/**
 * What has happened, as an event tells it.
 *
 * @param topic {@code org/seawall/log/STATE} or {@code SESSION}, {@code org/seawall/collection/CREATED}, {@code DROPPED},
 *     {@code STATE}, {@code SESSION}, {@code SNAPSHOT} or {@code COMPACTION}
 * @param properties whom it happened to, and why
 */
record Happening(String topic, Map<String, Object> properties) {
    private static final String LOG = "org/seawall/log/";
    private static final String COLLECTION = "org/seawall/collection/";

    /** What happened between two looks at a log, of which the first may not have been taken. */
    static List<Happening> between(Optional<LogStatus> before, LogStatus after) {
        List<Happening> all = new ArrayList<>();
        if (before.map(LogStatus::state).filter(after.state()::equals).isEmpty()) {
            all.add(of(after.state().name(), after));
        }
        if (before.filter(was -> isOpen(was) && isOpen(after) && differ(was, after))
                .isPresent()) {
            all.add(of("SESSION", after));
        }
        // a log that is not open does not know its collections
        if (before.isPresent() && isOpen(before.get()) && isOpen(after)) {
            all.addAll(betweenCollections(byId(before.get()), byId(after), after.name()));
        }
        return all;
    }

    private static List<Happening> betweenCollections(
            Map<String, CollectionStatus> before, Map<String, CollectionStatus> after, String log) {
        List<Happening> all = new ArrayList<>();
        before.forEach((id, was) -> {
            if (!after.containsKey(id)) {
                all.add(of("DROPPED", was, log));
            }
        });
        after.forEach((id, is) -> {
            CollectionStatus was = before.get(id);
            if (was == null) {
                all.add(of("CREATED", is, log));
            } else {
                betweenLooks(was, is).forEach(what -> all.add(of(what, is, log)));
            }
        });
        return all;
    }

    /** An epoch that has begun in between counts from nothing. */
    private static List<String> betweenLooks(CollectionStatus was, CollectionStatus is) {
        List<String> what = new ArrayList<>();
        boolean session = is.epoch() > was.epoch() && was.epoch() > 0;
        if (was.state() != is.state()) {
            what.add(is.state().name());
        }
        if (session) {
            what.add("SESSION");
        }
        if (is.snapshots() > (session ? 0 : was.snapshots())) {
            what.add("SNAPSHOT");
        }
        if (is.compactions() > (session ? 0 : was.compactions())) {
            what.add("COMPACTION");
        }
        return what;
    }

    private static boolean differ(LogStatus was, LogStatus is) {
        return !was.serializer().equals(is.serializer()) || !was.strategy().equals(is.strategy());
    }

    private static Happening of(String what, LogStatus log) {
        return new Happening(
                LOG + what,
                Map.of(
                        "log.name", log.name(),
                        "url", log.url(),
                        "serializer", log.serializer(),
                        "strategy", log.strategy(),
                        "detail", log.detail()));
    }

    private static Happening of(String what, CollectionStatus collection, String log) {
        return new Happening(
                COLLECTION + what,
                Map.of(
                        "log.name", log,
                        "collection.name", collection.name(),
                        "collection.id", collection.id(),
                        "url", collection.url(),
                        "epoch", collection.epoch(),
                        "sequence", collection.lastSequence(),
                        "detail", collection.detail()));
    }

    private static boolean isOpen(LogStatus status) {
        return status.state() == LogState.OPEN;
    }

    private static Map<String, CollectionStatus> byId(LogStatus status) {
        return status.collections().stream()
                .collect(Collectors.toMap(
                        CollectionStatus::id, Function.identity(), (one, same) -> same, LinkedHashMap::new));
    }
}
