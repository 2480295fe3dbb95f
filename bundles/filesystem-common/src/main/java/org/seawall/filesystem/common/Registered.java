package org.seawall.filesystem.common;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one service of a component. It stays registered while its configuration changes, unless that names another storage: then
 * another file system is registered in its place, so that a log which writes here notices, and never goes on elsewhere as if
 * nothing had happened. Safe for use by several threads.
 *
 * <p>A configuration that is refused is logged and not thrown: Declarative Services would not try again when it is mended, since
 * a component that failed to begin is not told of changes.
 *
 * @param <F> the file systems of the bundle
 */
public final class Registered<F extends FileSystem> {

    private static final Logger LOG = LoggerFactory.getLogger(Registered.class);

    private final BundleContext context;
    private final ShownProperties shown;
    private final Consumer<F> end;
    private Optional<Service<F>> current = Optional.empty();

    private record Service<F>(F files, ServiceRegistration<FileSystem> registration) {}

    /**
     * Nothing is registered yet.
     *
     * @param context of the bundle
     * @param shown what the service tells of its configuration
     * @param end ends a file system that is not registered any more
     */
    public Registered(BundleContext context, ShownProperties shown, Consumer<F> end) {
        this.context = context;
        this.shown = shown;
        this.end = end;
    }

    /**
     * Makes a configuration hold: the file system that is there is changed, or another one registered before that is taken away. One
     * that is refused changes nothing, and the log says why.
     *
     * @param configured the configuration, with what the container adds
     * @param change changes a file system from its next request on; false, and without an effect, if it is of another storage
     * @param make makes a file system
     */
    public synchronized void configure(Map<String, Object> configured, Predicate<F> change, Supplier<F> make) {
        try {
            if (current.filter(service -> change.test(service.files())).isPresent()) {
                Service<F> service = current.get();
                service.registration().setProperties(shown.of(configured, service.files()));
            } else {
                replace(make.get(), configured);
            }
        } catch (IllegalArgumentException | SeawallException e) {
            LOG.error(
                    "configuration is refused, mend it, {}, pid={}: {}",
                    current.isPresent() ? "the one before stays in use" : "there is no file system without it",
                    configured.get(Constants.SERVICE_PID),
                    e.getMessage(),
                    e);
        }
    }

    private void replace(F made, Map<String, Object> configured) {
        Optional<Service<F>> before = current;
        current = Optional.of(
                new Service<>(made, context.registerService(FileSystem.class, made, shown.of(configured, made))));
        before.ifPresent(this::end);
    }

    private void end(Service<F> service) {
        service.registration().unregister();
        end.accept(service.files());
    }

    /** Takes the file system away and ends it. */
    public synchronized void stop() {
        current.ifPresent(this::end);
        current = Optional.empty();
    }
}
