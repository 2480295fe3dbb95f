package org.seawall.viper.iceberg;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.SeawallException;
import org.seawall.WriteAheadLog;
import org.seawall.spi.filesystem.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the collections of one log, on one thread, {@code seawall-iceberg-NAME}. Log and file system are asked for at each look and let go behind
 * it, so nothing here keeps them.
 */
@Component(
        service = {},
        configurationPid = IcebergComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = IcebergConfiguration.class, factory = true)
public final class IcebergComponent {
    static final String PID = "org.seawall.viper.iceberg";

    private static final Logger LOG = LoggerFactory.getLogger(IcebergComponent.class);
    private static final String PLACEHOLDER = "${";
    private static final long PATIENCE_SECONDS = 60;

    private final BundleContext context;
    private final IcebergSettings settings;
    private final Publisher publisher;
    private final ScheduledThreadPoolExecutor thread;
    private String waiting = "";

    /**
     * Checks the configuration.
     *
     * @param context the bundle
     * @param configuration what is configured
     * @param properties the same with the PID, which carries a name
     */
    @Activate
    public IcebergComponent(BundleContext context, IcebergConfiguration configuration, Map<String, Object> properties) {
        this.context = context;
        this.settings = IcebergSettings.of(configuration, properties);
        this.publisher = new Publisher(settings);
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "seawall-iceberg-" + settings.name());
            made.setDaemon(true);
            // Iceberg looks classes up by name
            made.setContextClassLoader(IcebergComponent.class.getClassLoader());
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Begins to look. */
    @Activate
    void start() {
        LOG.info(
                "log is published as tables, log={}, url={}, catalog={}, namespace={}",
                settings.log(),
                settings.root(),
                settings.catalog(),
                settings.catalog().namespace());
        thread.scheduleWithFixedDelay(this::look, 0, settings.lookMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends behind what it is in. Not by an interrupt, which would close files of others. */
    @Deactivate
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("publisher is still at work, not waited for any longer, log={}", settings.log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forgetDrivers();
    }

    /** The platform keeps every driver, and with it this bundle's classes, until it is told not to. */
    private static void forgetDrivers() {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == IcebergComponent.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    LOG.warn("driver of the catalog not let go, driver={}", driver, e);
                }
            }
        }
    }

    private void look() {
        try {
            String places = settings.root() + " " + settings.catalog().warehouse() + " "
                    + settings.catalog().uri();
            String missing = places.contains(PLACEHOLDER)
                    ? "waits for a configuration without placeholders, values=" + places
                    : lookWithServices();
            if (!missing.equals(waiting) && !missing.isEmpty()) {
                LOG.info("{}, log={}", missing, settings.log());
            }
            waiting = missing;
        } catch (RuntimeException | Error e) {
            // the root of the thread: what left it would be kept to itself, and there would be no next look
            LOG.error("look at what is flushed failed, log={}", settings.log(), e);
        }
    }

    /** What is missing; empty if nothing is. */
    private String lookWithServices() {
        Optional<ServiceReference<WriteAheadLog>> log =
                best(WriteAheadLog.class, WriteAheadLog.LOG_NAME, settings.log());
        Optional<ServiceReference<FileSystem>> storage =
                best(FileSystem.class, FileSystem.SCHEMES, settings.root().scheme());
        if (log.isEmpty()) {
            return "waits for the log";
        }
        if (storage.isEmpty()) {
            return "waits for a file system for " + settings.root().scheme() + ": to reach " + settings.root();
        }
        WriteAheadLog source = context.getService(log.get());
        FileSystem files = context.getService(storage.get());
        try {
            if (source == null || files == null) {
                return "waits for the log or its file system, which goes at this moment";
            }
            publisher.look(source.catalog().list(), files, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            return "";
        } catch (SeawallException e) {
            return "waits for the catalog of the log: " + e.getMessage();
        } finally {
            context.ungetService(log.get());
            context.ungetService(storage.get());
        }
    }

    private <S> Optional<ServiceReference<S>> best(Class<S> type, String property, String value) {
        String escaped = value.replaceAll("[\\\\*()]", "\\\\$0");
        try {
            Collection<ServiceReference<S>> found =
                    context.getServiceReferences(type, "(" + property + "=" + escaped + ")");
            return found.stream().max(Comparator.naturalOrder());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("filter, property=" + property + ", value=" + value, e);
        }
    }
}
