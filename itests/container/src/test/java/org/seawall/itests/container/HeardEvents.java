package org.seawall.itests.container;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** What EventAdmin brings of ours, in its order: topics, each with the name of the log. */
final class HeardEvents implements EventHandler {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    HeardEvents(BundleContext context) {
        context.registerService(
                EventHandler.class, this, new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, "org/seawall/*")));
    }

    @Override
    public void handleEvent(Event event) {
        heard.add(event.getTopic() + " " + event.getProperty("log.name"));
    }

    void await(String event) throws InterruptedException {
        Await.until(event + " in " + heard, () -> heard.contains(event));
    }
}
