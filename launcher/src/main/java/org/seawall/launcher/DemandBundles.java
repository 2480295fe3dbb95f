package org.seawall.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles of the distribution that few homes need: {@code demand/NAME.jar} is installed when NAME is told, which is the
 * bundle's symbolic name and the PID of its configurations, and stays from then on. What is installed already, from
 * {@code deploy/} say, is left as it is.
 */
record DemandBundles(BundleContext context, Path demand) implements Consumer<String> {
    /** Property of the service by which the names are told. */
    static final String SERVICE = "seawall.demand";

    private static final Logger LOG = LoggerFactory.getLogger(DemandBundles.class);
    private static final String LOCATION = "demand:";
    /** That of what a log writes with. */
    private static final int LEVEL = 50;

    /** Uninstalls what is gone or has changed since; the demand is told anew at every start. */
    void removeStale() throws BundleException, IOException {
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            Path jar = jar(bundle.getSymbolicName());
            if (location.startsWith(LOCATION) && !(Files.exists(jar) && location.equals(location(jar)))) {
                bundle.uninstall();
            }
        }
    }

    @Override
    public synchronized void accept(String name) {
        Path jar = jar(name);
        if (!Files.exists(jar) || isInstalled(name)) {
            return;
        }
        try (InputStream bytes = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle(location(jar), bytes);
            bundle.adapt(BundleStartLevel.class).setStartLevel(LEVEL);
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            LOG.info("bundle installed for its configuration, bundle={}", name);
        } catch (BundleException | IOException e) {
            LOG.error("bundle not installed for its configuration, bundle={}", name, e);
        }
    }

    private boolean isInstalled(String name) {
        return Arrays.stream(context.getBundles()).anyMatch(bundle -> name.equals(bundle.getSymbolicName()));
    }

    private Path jar(String name) {
        return demand.resolve(name + ".jar");
    }

    private static String location(Path jar) throws IOException {
        return LOCATION + jar.getFileName() + "@" + SystemBundles.fingerprint(jar);
    }
}
