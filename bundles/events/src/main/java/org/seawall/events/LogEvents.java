package org.seawall.events;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.seawall.LogMonitor;
import org.seawall.LogStatus;

/**
 * Posts what happens to logs, as their monitors tell it by a change of their properties: one after the other for each log, and
 * nobody waits for a handler.
 */
@Component(
        service = {},
        immediate = true)
public final class LogEvents {
    private final EventAdmin events;
    private final Map<LogMonitor, LogStatus> seen = new IdentityHashMap<>();

    /**
     * Begins to post.
     *
     * @param events takes the events
     */
    @Activate
    public LogEvents(@Reference EventAdmin events) {
        this.events = events;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "lookAt",
            bind = "lookAt",
            unbind = "forget")
    synchronized void lookAt(LogMonitor monitor) {
        LogStatus now = monitor.status();
        Optional<LogStatus> before = Optional.ofNullable(seen.put(monitor, now));
        Happening.between(before, now)
                .forEach(happening -> events.postEvent(new Event(happening.topic(), happening.properties())));
    }

    synchronized void forget(LogMonitor monitor) {
        seen.remove(monitor);
    }
}
