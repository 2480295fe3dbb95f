package org.seawall.core;

import java.io.File;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUsage;
import org.seawall.WriteAheadLog;
import org.seawall.core.engine.Causes;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured log. Opens it as soon as the services that it needs are there, and registers it as a service from then on,
 * until the configuration or the bundle goes: when services come and go meanwhile it changes its sessions, see
 * {@link SessionChange}. All of that happens on one thread, {@code seawall-NAME-control}, one thing after the other.
 */
@Component(
        service = {},
        configurationPid = LogComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LogConfiguration.class, factory = true)
public final class LogComponent implements LogMonitor {
    static final String PID = "org.seawall.log";

    private static final Logger LOG = LoggerFactory.getLogger(LogComponent.class);
    private static final long RETRY_SECONDS = 5;

    private final BundleContext context;
    private final Wiring wiring = new Wiring();
    private final ScheduledThreadPoolExecutor control;
    private final ServiceRegistration<LogMonitor> monitor;
    private final ShownStatus told;
    private final CatalogMemory memory;

    private volatile LogSettings settings;
    private volatile String refused = "";

    /** What is still in line for the control thread is for nobody then: it would open the log again. */
    private volatile boolean stopped;

    private OpenLog open;
    private Optional<String> missingElsewhere = Optional.empty();
    private volatile OpenLog shown;
    private ServiceRegistration<?> registration;
    private volatile LogStatus status;

    /**
     * Checks the configuration and begins to look for services.
     *
     * @param context the bundle
     * @param configuration what is configured
     * @param properties the same with the PID, which carries the log's name
     */
    @Activate
    public LogComponent(BundleContext context, LogConfiguration configuration, Map<String, Object> properties) {
        this.context = context;
        this.settings = LogSettings.of(LogName.of(properties), configuration);
        this.status = closedStatus(LogState.WAITING, "starting");
        this.control = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "seawall-" + settings.name() + "-control");
            thread.setDaemon(true);
            return thread;
        });
        control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        monitor = context.registerService(LogMonitor.class, this, monitorProperties());
        told = new ShownStatus(monitor);
        memory = new CatalogMemory(Optional.ofNullable(context.getDataFile(settings.name() + ".place"))
                .map(File::toPath));
    }

    /** Looks for services, after those that were there before are bound, and again and again for what failed to recover. */
    @Activate
    void start() {
        control.scheduleWithFixedDelay(() -> rooted(this::lookAgain), 0, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Takes another configuration. One that is not valid is refused, and the log goes on as it was: an exception here would
     * end it.
     *
     * @param configuration what is configured
     */
    @Modified
    void modified(LogConfiguration configuration) {
        try {
            LogSettings next = LogSettings.of(settings.name(), configuration);
            refused = "";
            onControl(() -> take(next));
        } catch (IllegalArgumentException | ComponentException e) {
            refused = "configuration refused, the one before stays in force: " + e.getMessage();
            LOG.error("{}, log={}", refused, settings.name());
        }
    }

    /**
     * Another number of directories opens the log anew. Everything else changes while it works, also where its directories and
     * its catalog are.
     */
    private void take(LogSettings configured) {
        boolean other =
                configured.storage().urls().size() != settings.storage().urls().size();
        LogSettings next = other || open == null
                ? configured
                : configured.with(
                        configured.storage().inOrderOf(settings.storage().urls()));
        boolean moved = !next.storage().urls().equals(settings.storage().urls());
        settings = next;
        if (other) {
            closeLog(LogState.RECOVERING, "its storage is another one by its configuration");
            monitor.setProperties(monitorProperties());
        } else if (open != null) {
            open.take(next);
            if (moved) {
                monitor.setProperties(monitorProperties());
            }
            LOG.info("another configuration is in force, log={}", next.name());
        }
        reconsider();
    }

    /** Finishes what was appended, closes the log and ends its threads. A log that is deleted is forgotten. */
    @Deactivate
    void stop(int reason) {
        stopped = true;
        await(() -> closeLog(LogState.CLOSED, ""));
        if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED) {
            memory.forget();
        }
        monitor.unregister();
        control.shutdown();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindFileSystem(FileSystem service, Map<String, Object> properties) {
        wiring.fileSystems.add(service, properties);
        changed();
    }

    void unbindFileSystem(FileSystem service) {
        wiring.fileSystems.remove(service);
        await(this::reconsider);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStrategy(WriteStrategy service, Map<String, Object> properties) {
        wiring.strategies.add(service, properties);
        changed();
    }

    void unbindStrategy(WriteStrategy service) {
        wiring.strategies.remove(service);
        await(this::reconsider);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSerializer(BatchSerializer service, Map<String, Object> properties) {
        wiring.serializers.add(service, properties);
        changed();
    }

    void unbindSerializer(BatchSerializer service) {
        wiring.serializers.remove(service);
        await(this::reconsider);
    }

    @Override
    public LogStatus status() {
        OpenLog now = shown;
        LogStatus current = now == null ? status : now.status();
        return refused.isEmpty() ? current : withDetail(current, refused);
    }

    private static LogStatus withDetail(LogStatus status, String first) {
        return new LogStatus(
                status.name(),
                status.state(),
                status.detail().isEmpty() ? first : first + "; " + status.detail(),
                status.url(),
                status.serializer(),
                status.strategy(),
                status.usage(),
                status.directories(),
                status.collections());
    }

    private void changed() {
        onControl(this::reconsider);
    }

    private void onControl(Runnable step) {
        control.execute(() -> rooted(step));
    }

    private void rooted(Runnable step) {
        if (stopped) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            // the root of the control thread: an exception that left it would be kept to itself
            LOG.error("step of the log failed, log={}", settings.name(), e);
        }
    }

    /**
     * Runs a step on the control thread and waits for it: the service that goes is in use until then. Not for ever, since
     * its storage may hang.
     */
    private void await(Runnable step) {
        if (control.isShutdown()) {
            return;
        }
        try {
            CompletableFuture.runAsync(step, control).get(2 * settings.backendTimeoutMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.error("services of the log not changed cleanly, log={}", settings.name(), e.getCause());
        } catch (TimeoutException e) {
            LOG.error("services of the log are still in use, not waited for any longer, log={}", settings.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAgain() {
        reconsider();
        told.show(status());
    }

    private void reconsider() {
        if (stopped) {
            return;
        }
        if (open != null) {
            change(open);
            reopenWhereAnotherIs();
        }
        if (open == null) {
            open();
        }
        showPlaces();
    }

    private void reopenWhereAnotherIs() {
        if (open.change().ofCatalog().metOther()) {
            closeLog(LogState.RECOVERING, "its catalog is another one by its configuration");
        }
    }

    private void open() {
        Binding wanted = wiring.choose(settings);
        Optional<String> missing = wanted.missing();
        if (missing.isPresent()) {
            closeLog(LogState.WAITING, missing.get());
            return;
        }
        if (!triedBefore()) {
            closeLog(LogState.RECOVERING, "");
        }
        openLog(wanted);
    }

    /** What kept it from opening is shown until it opens, or something else does. */
    private boolean triedBefore() {
        return status.state() == LogState.FAILED
                || missingElsewhere.filter(status.detail()::equals).isPresent();
    }

    /**
     * Changes to the services that are wanted, and the catalog to the place that is configured; and then to the services that are
     * needed since collections move.
     */
    private void change(OpenLog log) {
        log.change().to(wanted(log), settings.storage().catalog());
        Binding moving = wanted(log);
        if (!moving.equals(log.change().binding())) {
            log.change().to(moving);
        }
        memory.remember(log.change().ofCatalog().root(), log.catalogSequence());
    }

    private Binding wanted(OpenLog log) {
        LogSettings present = settings.catalogAt(log.change().ofCatalog().root());
        return wiring.choose(present, log.change().binding(), log.olds());
    }

    private void openLog(Binding binding) {
        long begin = System.nanoTime();
        try {
            OpenLog opened = OpenLog.begin(settings, binding, elsewhere());
            open = opened;
            shown = opened;
            opened.recover();
            change(opened);
            status = closedStatus(LogState.OPEN, "");
            String[] names = {WriteAheadLog.class.getName(), FlushSource.class.getName()};
            registration = context.registerService(names, opened, serviceProperties());
            told.show(status());
            LOG.info(
                    "log is open, log={}, collections={}, strategy={}, millis={}, urls={}",
                    settings.name(),
                    opened.status().collections().size(),
                    opened.status().strategy(),
                    (System.nanoTime() - begin) / 1_000_000,
                    settings.storage().urls());
        } catch (Elsewhere.MissingException e) {
            missingElsewhere = Optional.of(e.getMessage());
            closeLog(LogState.WAITING, e.getMessage());
        } catch (IOException | RuntimeException e) {
            // the root of the control thread: whatever it is, the status says it
            failed("log not opened, tried again every " + RETRY_SECONDS + " s", e);
        }
    }

    private Elsewhere elsewhere() {
        return new Elsewhere(memory.last(), root -> wiring.catalog(settings, root));
    }

    /** Says what failed, once for each thing that fails. */
    private void failed(String what, Exception e) {
        String detail = Causes.line(e);
        if (status.state() != LogState.FAILED || !status.detail().equals(detail)) {
            LOG.error("{}, log={}: {}", what, settings.name(), detail);
            LOG.debug("the cause", e);
        }
        closeLog(LogState.FAILED, detail);
    }

    private void closeLog(LogState next, String detail) {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
        OpenLog closing = open;
        open = null;
        status = closedStatus(next, detail);
        shown = null;
        if (closing != null) {
            closing.close();
            LOG.info("log is closed, log={}", settings.name());
        }
        told.show(status);
    }

    private LogStatus closedStatus(LogState state, String detail) {
        return new LogStatus(
                settings.name(),
                state,
                detail,
                settings.storage().roots().get(0).toString(),
                settings.serializer(),
                settings.storage().strategy(),
                LogUsage.none(),
                List.of(),
                List.of());
    }

    private Dictionary<String, Object> serviceProperties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(WriteAheadLog.LOG_NAME, settings.name());
        return properties;
    }

    /** Who looks for the files of the log finds them where they are. */
    private void showPlaces() {
        if (!catalogRoot().toString().equals(monitor.getReference().getProperty(LogMonitor.CATALOG_URL))) {
            monitor.setProperties(monitorProperties());
        }
    }

    private Location catalogRoot() {
        return open == null
                ? settings.storage().catalog()
                : open.change().ofCatalog().root();
    }

    private Dictionary<String, Object> monitorProperties() {
        Dictionary<String, Object> properties = serviceProperties();
        properties.put(
                LogMonitor.URLS,
                settings.storage().roots().stream().map(Location::toString).toArray(String[]::new));
        properties.put(LogMonitor.CATALOG_URL, catalogRoot().toString());
        return properties;
    }
}
