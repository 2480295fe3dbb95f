package org.seawall.viper;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.seawall.viper.sink.Stores;

/** The stores of each log that flushes to this bundle at present. Safe for use by several threads. */
final class KnownStores {
    private final Map<String, Stores> byLog = new ConcurrentHashMap<>();

    void add(String log, Stores stores) {
        byLog.put(log, stores);
    }

    void remove(String log, Stores stores) {
        byLog.remove(log, stores);
    }

    /**
     * The stores of a log, whether it has some by now or not.
     *
     * @param log tells the log's name at each use
     * @return shows nothing while the log has none
     */
    Stores of(Supplier<String> log) {
        return collection -> Optional.ofNullable(byLog.get(log.get())).flatMap(stores -> stores.view(collection));
    }
}
