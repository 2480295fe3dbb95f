package org.seawall.itests.container;

import static org.junit.Assert.assertNotNull;

import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.seawall.LogMonitor;
import org.seawall.LogStatus;
import org.seawall.WriteAheadLog;

/** The services of a log, asked of the registry each time. */
record Services(BundleContext context, String log) {

    WriteAheadLog wal() throws InterruptedException {
        return await(WriteAheadLog.class);
    }

    LogStatus status() throws InterruptedException {
        return await(LogMonitor.class).status();
    }

    <T> T await(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, filter(type), null);
        tracker.open();
        try {
            T service = tracker.waitForService(Await.MILLIS);
            assertNotNull("no service " + type.getName() + " of log " + log, service);
            return service;
        } finally {
            tracker.close();
        }
    }

    boolean present(Class<?> type) {
        return reference(type).isPresent();
    }

    Optional<ServiceReference<?>> reference(Class<?> type) {
        try {
            ServiceReference<?>[] references =
                    context.getAllServiceReferences(null, filter(type).toString());
            return references == null ? Optional.empty() : Optional.of(references[0]);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Filter filter(Class<?> type) {
        try {
            return context.createFilter("(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")("
                    + WriteAheadLog.LOG_NAME + "=" + log + "))");
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
