package org.seawall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.seawall.launcher.log.FrameworkLog;

/** A framework with the bundles of the distribution, on one home. */
final class Container {
    /** Everything but the interactive shell. */
    static final int SERVING = 80;
    /** With the interactive shell. */
    static final int INTERACTIVE = 90;

    private static final long STOP_MILLIS = 60_000;
    private static final String FILES = ".*\\.(jar|cfg|config|cfg\\.json)";
    private static final String SHARED_PACKAGES =
            "org.slf4j;org.slf4j.event;org.slf4j.helpers;org.slf4j.spi;version=2.0.20,"
                    + "org.osgi.service.log;version=1.5.0";

    private final Framework framework;

    private Container(Framework framework) {
        this.framework = framework;
    }

    /** A framework that is initialized and has its bundles installed, but has started none. */
    static Container prepare(Home home, Path distribution, StartTiming timing) throws BundleException, IOException {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).iterator().next();
        // JLine asks the context class loader for its terminals, and none means its own bundle
        Thread.currentThread().setContextClassLoader(null);
        Path installed = home.data().resolve("cache.installed");
        Map<String, String> properties = properties(home, distribution);
        if (!Files.exists(installed)) {
            // a start that was cut off may have left half a cache
            properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        }
        Framework framework = factory.newFramework(properties);
        FrameworkLog log = new FrameworkLog();
        framework.init(log);
        timing.mark("framework");
        BundleContext context = framework.getBundleContext();
        context.registerService(new String[] {LogService.class.getName(), LoggerFactory.class.getName()}, log, null);
        timing.watch(context);
        Files.deleteIfExists(installed);
        new SystemBundles(distribution.resolve("system")).install(context);
        DemandBundles demand = new DemandBundles(context, distribution.resolve("demand"));
        demand.removeStale();
        context.registerService(Consumer.class, demand, new Hashtable<>(Map.of(DemandBundles.SERVICE, true)));
        Files.createFile(installed);
        timing.mark("bundles installed");
        return new Container(framework);
    }

    /** Starts the bundles up to a level; returns when they are started. */
    void start(int level) throws BundleException, InterruptedException {
        framework.start();
        CountDownLatch reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(level, event -> reached.countDown());
        while (!reached.await(100, TimeUnit.MILLISECONDS)) {
            if (framework.getState() != Bundle.ACTIVE) {
                throw new StartException("stopped while starting");
            }
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Waits until the framework has stopped; true if it did so in good order. */
    boolean awaitStop() throws InterruptedException {
        return framework.waitForStop(0).getType() == FrameworkEvent.STOPPED;
    }

    /** Stops all bundles, so that the logs write what they have; true if they ended in time. */
    boolean stop() throws BundleException, InterruptedException {
        framework.stop();
        return framework.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.STOPPED;
    }

    private static Map<String, String> properties(Home home, Path distribution) {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, home.data().resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED_PACKAGES);
        properties.put("seawall.home", home.directory().toString());
        // what is configured at run time outlives the cache
        properties.put("felix.cm.dir", home.data().resolve("configurations").toString());
        properties.put("felix.fileinstall.dir", home.deploy() + "," + home.conf());
        properties.put(
                "felix.fileinstall.tmpdir", home.data().resolve("fileinstall").toString());
        properties.put("felix.fileinstall.filter", FILES);
        properties.put("felix.fileinstall.poll", "1000");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        // or a bundle in deploy/ that offers what a system bundle would like has FileInstall wait for its own restart
        properties.put("felix.fileinstall.optionalImportRefreshScope", "managed");
        properties.put("felix.fileinstall.fragmentRefreshScope", "managed");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        // its own, so that they are started with it, and stop after the logs that use them
        properties.put("felix.fileinstall.start.level", "30");
        // the other way of watching forgets to look for what went before it began
        properties.put("felix.fileinstall.disableNio2", "true");
        properties.put("felix.fileinstall.log.level", "3");
        properties.put("ds.loglevel", "warn");
        properties.put("gosh.home", distribution.toString());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.matches("(felix|org\\.osgi|org\\.apache\\.felix|ds|gosh)\\..*"))
                .forEach(name -> properties.put(name, System.getProperty(name)));
        return properties;
    }
}
