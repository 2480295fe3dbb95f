package org.seawall.viper;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
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
import org.seawall.LogClosedException;
import org.seawall.WriteAheadLog;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSource;
import org.seawall.viper.Attached.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured store of a log: while its log and its file system are there, a sink is attached to the log. It is detached before either
 * is let go. All of that happens on one thread, {@code seawall-viper-NAME-control}, one thing after the other.
 */
@Component(
        service = {},
        configurationPid = ViperComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ViperConfiguration.class, factory = true)
public final class ViperComponent {
    static final String PID = "org.seawall.viper";

    private static final Logger LOG = LoggerFactory.getLogger(ViperComponent.class);
    private static final Set<Capability> NEEDED =
            EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ);
    private static final String PLACEHOLDER = "${";
    private static final long RETRY_SECONDS = 5;
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 60;

    private final BundleContext context;
    private final Map<String, Object> identity;
    private final Offered<FileSystem> fileSystems = new Offered<>();
    private final Offered<FlushSource> sources = new Offered<>();
    private final ScheduledThreadPoolExecutor control;

    /** False before all that is there is bound, and when it ends: what is still in line for the control thread is for nobody then. */
    private volatile boolean running;

    private volatile ViperSettings settings;
    private volatile Optional<Attached> attached = Optional.empty();
    private volatile String missing = "starting";
    private volatile String refused = "";

    /**
     * Checks the configuration.
     *
     * @param context the bundle
     * @param configuration what is configured
     * @param properties the same with the PID, which carries a name
     */
    @Activate
    public ViperComponent(BundleContext context, ViperConfiguration configuration, Map<String, Object> properties) {
        this.context = context;
        this.identity = properties;
        this.settings = ViperSettings.of(configuration, properties);
        this.control = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "seawall-viper-" + settings.log() + "-control");
            thread.setDaemon(true);
            return thread;
        });
        control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        control.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        control.allowCoreThreadTimeOut(true);
    }

    /** Looks for its log and its file system, after those that were there before are bound. */
    @Activate
    void start() {
        running = true;
        changed();
    }

    /**
     * Takes another configuration. One that is not valid is refused, and all goes on as it was: an exception here would end it.
     *
     * @param configuration what is configured
     */
    @Modified
    void modified(ViperConfiguration configuration) {
        try {
            settings = ViperSettings.of(configuration, identity);
            refused = "";
            changed();
        } catch (IllegalArgumentException | ComponentException e) {
            refused = "configuration refused, the one before stays in force: " + e.getMessage();
            LOG.error("{}, log={}", refused, settings.log());
        }
    }

    /** Detaches the sink, finishing what it is in, and ends the thread. */
    @Deactivate
    void stop() {
        running = false;
        await(this::detach);
        control.shutdown();
    }

    @Reference(
            service = FileSystem.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "removeFileSystem")
    void addFileSystem(ServiceReference<FileSystem> reference, FileSystem service) {
        fileSystems.add(reference, service);
        changed();
    }

    void removeFileSystem(ServiceReference<FileSystem> reference) {
        fileSystems.remove(reference);
        await(this::reconsider);
    }

    @Reference(
            service = FlushSource.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "removeSource")
    void addSource(ServiceReference<FlushSource> reference, FlushSource service) {
        sources.add(reference, service);
        changed();
    }

    void removeSource(ServiceReference<FlushSource> reference) {
        sources.remove(reference);
        await(this::reconsider);
    }

    /**
     * What it waits for, or what does not work.
     *
     * @return one line, empty if all works
     */
    String detail() {
        String detail = attached.map(now -> now.sink().detail()).orElse(missing);
        return refused.isEmpty() || detail.isEmpty() ? refused + detail : refused + "; " + detail;
    }

    private void changed() {
        control.execute(() -> rooted(this::reconsider));
    }

    private void rooted(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // the root of the control thread: an exception that left it would be kept to itself
            LOG.error("step of the sink failed, log={}", settings.log(), e);
        }
    }

    /**
     * Runs a step on the control thread and waits for it: the service that goes is in use until then. Not for ever, since its storage may
     * hang.
     */
    private void await(Runnable step) {
        if (control.isShutdown()) {
            return;
        }
        try {
            CompletableFuture.runAsync(step, control).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.error("sink not detached cleanly, log={}", settings.log(), e.getCause());
        } catch (TimeoutException e) {
            LOG.error("log or file system of the sink still in use, not waited for any longer, log={}", settings.log());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconsider() {
        if (!running) {
            return;
        }
        ViperSettings wanted = settings;
        Optional<Partners> partners = partners(wanted);
        if (attached.isPresent() && !attached.map(Attached::partners).equals(partners)) {
            detach();
        }
        attached.ifPresent(now -> now.sink().settings(wanted.sink()));
        if (attached.isEmpty() && partners.isPresent()) {
            attach(partners.get(), wanted);
        }
    }

    /** Whom to bring together; says what is missing. */
    private Optional<Partners> partners(ViperSettings wanted) {
        Location root = wanted.root();
        if (root.path().contains(PLACEHOLDER)) {
            return without("waits for a configuration without placeholders, value=" + root);
        }
        Optional<FlushSource> source =
                sources.best(reference -> wanted.log().equals(reference.getProperty(WriteAheadLog.LOG_NAME)));
        if (source.isEmpty()) {
            return without("waits for the log " + wanted.log());
        }
        Optional<FileSystem> files = fileSystems.best(reference ->
                Offered.texts(reference.getProperty(FileSystem.SCHEMES)).contains(root.scheme()));
        if (files.isEmpty()) {
            return without("waits for a file system for " + root.scheme() + ": to reach " + root);
        }
        Set<Capability> lacking = EnumSet.copyOf(NEEDED);
        lacking.removeAll(files.get().capabilities());
        return lacking.isEmpty()
                ? Optional.of(new Partners(source.get(), files.get(), root))
                : without("waits for another file system, missing=" + lacking + ": to reach " + root);
    }

    private Optional<Partners> without(String what) {
        missing = what;
        return Optional.empty();
    }

    private void attach(Partners partners, ViperSettings wanted) {
        try {
            attached = Optional.of(Attached.of(partners, wanted, context));
            missing = "";
            LOG.info("log flushes, log={}, url={}", wanted.log(), wanted.root());
        } catch (LogClosedException e) {
            // it goes at this moment, and is unbound next
            missing = "waits for the log " + wanted.log();
        } catch (RuntimeException e) {
            // the root of the control thread: whatever it is, it is told and tried again
            String detail = "not attached, tried again every " + RETRY_SECONDS + " s: " + e.getMessage();
            if (!detail.equals(missing)) {
                missing = detail;
                LOG.warn("{}, log={}", detail, wanted.log());
                LOG.debug("the cause", e);
            }
            control.schedule(() -> rooted(this::reconsider), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void detach() {
        Optional<Attached> before = attached;
        attached = Optional.empty();
        before.ifPresent(Attached::close);
        before.ifPresent(now -> LOG.info("log does not flush any more, log={}", settings.log()));
    }
}
