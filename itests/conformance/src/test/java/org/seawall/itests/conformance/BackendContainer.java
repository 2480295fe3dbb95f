package org.seawall.itests.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.seawall.itests.conformance.inside.WaitingComponents;

/**
 * Felix with what components and configurations are made of, with our api, spi and testkit as bundles, and with a bundle that
 * is tried. JUnit alone is of the class path outside, so that it runs the contract through the class loaders of the bundles.
 */
final class BackendContainer implements AutoCloseable {
    private static final String JUNIT = Stream.of(
                    "org.junit.jupiter.api", "org.junit.jupiter.api.extension", "org.junit.jupiter.api.function")
            .map(name -> name + ";version=\"6.1.3\"")
            .reduce("org.opentest4j;version=\"1.3.0\"", (all, one) -> all + "," + one);
    private static final String LOGGING = "org.slf4j;version=\"2.0.20\",org.osgi.service.log;version=\"1.5.0\"";
    private static final List<String> OURS = List.of("api", "spi", "testkit", "configuration");
    private static final BundleJar INSIDE =
            new BundleJar(WaitingComponents.class.getPackageName(), Map.of(Constants.DYNAMICIMPORT_PACKAGE, "*"));
    private static final long PATIENCE_SECONDS = 5;

    private final Framework framework;
    private final Bundle inside;

    private BackendContainer(Framework framework, Bundle inside) {
        this.framework = framework;
        this.inside = inside;
    }

    /** Starts it; configurations are in a directory, as in that of the launcher. */
    static BackendContainer start(Path home, Path checkout, String version) throws IOException, BundleException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, JUNIT + "," + LOGGING);
        properties.put("felix.fileinstall.dir", home.resolve("conf").toString());
        properties.put("felix.fileinstall.tmpdir", home.resolve("tmp").toString());
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("felix.fileinstall.disableNio2", "true");
        properties.put("seawall.home", home.toString());
        Framework framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        for (Path jar : parts(checkout, version)) {
            framework.getBundleContext().installBundle(jar.toUri().toString());
        }
        Bundle inside = framework
                .getBundleContext()
                .installBundle(INSIDE.write(home.resolve("inside.jar")).toUri().toString());
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
        return new BackendContainer(framework, inside);
    }

    /** Configurations come before what they configure: a bundle that needs one has it when it starts. */
    private static List<Path> parts(Path checkout, String version) throws IOException {
        List<Path> parts = new ArrayList<>();
        for (String name : OURS) {
            parts.add(checkout.resolve("bundles/" + name + "/target/seawall-" + name + "-" + version + ".jar"));
        }
        try (Stream<Path> jars = Files.list(Path.of("target/container"))) {
            jars.sorted().forEach(parts::add);
        }
        return parts;
    }

    /** Installs a bundle, starts it, and waits for what it offers. */
    List<ServiceReference<?>> services(Path jar) throws Refusal {
        Bundle bundle;
        try {
            bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
            bundle.start();
        } catch (BundleException e) {
            throw new Refusal("bundle does not start, reason=" + oneLine(e) + ", jar=" + jar, e);
        }
        long begin = System.nanoTime();
        List<ServiceReference<?>> found = offered(bundle);
        while (found.isEmpty() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            LockSupport.parkNanos(50_000_000);
            found = offered(bundle);
        }
        if (found.isEmpty()) {
            throw new Refusal("bundle offers no FileSystem, WriteStrategy or BatchSerializer: " + why(bundle)
                    + ", bundle=" + bundle.getSymbolicName() + ", jar=" + jar);
        }
        return found;
    }

    private static List<ServiceReference<?>> offered(Bundle bundle) {
        ServiceReference<?>[] all = bundle.getRegisteredServices();
        return all == null
                ? List.of()
                : Stream.<ServiceReference<?>>of(all)
                        .filter(reference -> Kind.of(reference).isPresent())
                        .sorted()
                        .toList();
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    @SuppressWarnings("unchecked")
    private String why(Bundle bundle) {
        Object words = made(WaitingComponents.class.getName());
        return ((Function<Bundle, String>) words).apply(bundle);
    }

    private Object made(String name) {
        try {
            return inside.loadClass(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class inside the container cannot be used, class=" + name, e);
        }
    }

    /** The class that runs a contract, as the bundle inside has it. */
    Class<?> run(Kind kind) {
        try {
            return inside.loadClass(kind.run);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class inside the container is missing, class=" + kind.run, e);
        }
    }

    /** Runs something while the classes inside know what is tried. */
    void trying(Kind kind, ServiceReference<?> reference, String url, Runnable run) throws Refusal {
        Object service = inside.getBundleContext().getService(reference);
        if (service == null) {
            throw new Refusal("service cannot be made: " + why(reference.getBundle()) + ", bundle="
                    + reference.getBundle().getSymbolicName());
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("conformance.tried", "true");
        properties.put("conformance.url", url);
        ServiceRegistration<?> mark = inside.getBundleContext().registerService(kind.service, service, properties);
        try {
            run.run();
        } finally {
            mark.unregister();
        }
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(TimeUnit.MINUTES.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted while the container stops", e);
        }
    }
}
