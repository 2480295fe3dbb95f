package org.seawall.core;

import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.ServiceRegistration;
import org.seawall.CollectionStatus;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;

/**
 * Tells those who know a log's monitor that a state has changed, or that there was a session, a snapshot or a compaction, by setting the service's properties anew, to what they are: that
 * is an event of the registry, so that nobody has to ask again and again.
 */
final class ShownStatus {
    private final ServiceRegistration<LogMonitor> monitor;
    private Look last = new Look(LogState.WAITING, "", "", Map.of());

    /** What is worth telling of a collection. */
    private record Collection(LogState state, long epoch, long snapshots, long compactions) {
        static Collection at(CollectionStatus status) {
            return new Collection(status.state(), status.epoch(), status.snapshots(), status.compactions());
        }
    }

    /** What is worth telling of a status; other numbers change all the time. */
    private record Look(LogState state, String serializer, String strategy, Map<String, Collection> collections) {
        static Look at(LogStatus status) {
            return new Look(
                    status.state(),
                    status.serializer(),
                    status.strategy(),
                    status.collections().stream()
                            .collect(Collectors.toMap(CollectionStatus::id, Collection::at, (one, same) -> same)));
        }
    }

    ShownStatus(ServiceRegistration<LogMonitor> monitor) {
        this.monitor = monitor;
    }

    /** Compares with what was shown last. For one thread. */
    void show(LogStatus status) {
        Look now = Look.at(status);
        if (!now.equals(last)) {
            last = now;
            monitor.setProperties(monitor.getReference().getProperties());
        }
    }
}
