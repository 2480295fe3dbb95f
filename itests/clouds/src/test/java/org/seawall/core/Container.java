package org.seawall.core;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.WriteAheadLog;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/**
 * A framework with Declarative Services, configurations and a log's bundles, but none of a file system. What bundles and tests
 * talk about (API, SPI, services of the framework) is the tests' own.
 */
final class Container implements AutoCloseable {
    private static final long MILLIS = Long.getLong("clouds.awaitMillis", 60_000);

    private final Framework framework;

    private Container(Framework framework) {
        this.framework = framework;
    }

    static Container started(Path cache) throws BundleException, IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, shared());
        Framework framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        Container container = new Container(framework);
        container.start(jar("org.apache.felix.cm.impl.ConfigurationManager"));
        container.start(jar("org.apache.felix.scr.impl.Activator"));
        container.start(jar(OpenLog.class.getName()));
        container.start(jar(AvroSerializer.class.getName()));
        container.start(jar(ObjectStrategy.class.getName()));
        container.start(jar(SealStrategy.class.getName()));
        return container;
    }

    private static String shared() throws IOException {
        String slf4j = "org.slf4j;org.slf4j.event;org.slf4j.helpers;org.slf4j.spi;version=2.0.20";
        String cm = "org.osgi.service.cm;version=1.6.0";
        StringBuilder packages = new StringBuilder(slf4j + "," + cm);
        for (Class<?> each : new Class<?>[] {
            WriteAheadLog.class, FileSystem.class, ServiceComponentRuntime.class, Promise.class, Function.class
        }) {
            packages.append(',').append(exports(each));
        }
        return packages.toString();
    }

    private static String exports(Class<?> of) throws IOException {
        try (JarFile file = new JarFile(jar(of.getName()).toFile());
                InputStream in = file.getInputStream(file.getEntry(JarFile.MANIFEST_NAME))) {
            return new Manifest(in).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }

    /** What a class is packed in. */
    static Path jar(String className) {
        try {
            Class<?> type = Class.forName(className, false, Container.class.getClassLoader());
            URI code = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(code);
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("no jar of class " + className, e);
        }
    }

    Bundle start(Path jar) throws BundleException {
        Bundle bundle = context().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    /** The bundle that was installed from a jar. */
    Bundle bundle(Path jar) {
        return context().getBundle(jar.toUri().toString());
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    <T> T service(Class<T> type) {
        return find(type, "(service.id=*)").orElseThrow(() -> new AssertionError("no service " + type.getName()));
    }

    <T> Optional<T> find(Class<T> type, String filter) {
        try {
            return context().getServiceReferences(type, filter).stream()
                    .max(ServiceReference::compareTo)
                    .map(context()::getService);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    Configuration configure(String pid, Map<String, Object> values) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).getFactoryConfiguration(pid, "cloud", "?");
        configuration.update(new Hashtable<>(values));
        return configuration;
    }

    /** The log in the one state of its status that is asked for. */
    LogStatus await(LogState state, Predicate<LogStatus> more) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        String seen = "no log";
        while (System.nanoTime() < end) {
            Optional<LogStatus> status =
                    find(LogMonitor.class, "(service.id=*)").map(LogMonitor::status);
            if (status.filter(one -> one.state() == state).filter(more).isPresent()) {
                return status.get();
            }
            seen = status.map(LogStatus::toString).orElse(seen);
            Thread.sleep(20);
        }
        throw new AssertionError("log does not become " + state + ", but " + seen + ", bundles="
                + Stream.of(context().getBundles()).map(Bundle::toString).collect(Collectors.joining(" ")));
    }

    WriteAheadLog log() throws InterruptedException {
        await(
                LogState.OPEN,
                status -> find(WriteAheadLog.class, "(service.id=*)").isPresent());
        return service(WriteAheadLog.class);
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
