package org.seawall.core;

import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.ServiceRegistration;
import org.seawall.CollectionStatus;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;

/**
 * Tells those who know a log's monitor that a state has changed, by setting the service's properties anew, to what they are: that
 * is an event of the registry, so that nobody has to ask again and again.
 */
final class ShownStatus {
    private final ServiceRegistration<LogMonitor> monitor;
    private Look last = new Look(LogState.WAITING, Map.of());

    /** What is worth telling of a status; numbers change all the time. */
    private record Look(LogState state, Map<String, LogState> collections) {
        static Look at(LogStatus status) {
            return new Look(
                    status.state(),
                    status.collections().stream()
                            .collect(Collectors.toMap(
                                    CollectionStatus::id, CollectionStatus::state, (one, same) -> same)));
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
