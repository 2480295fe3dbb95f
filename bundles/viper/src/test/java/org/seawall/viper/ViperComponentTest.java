package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.seawall.LogClosedException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.sink.Stores;

class ViperComponentTest {
    private static final CollectionInfo COLLECTION = new CollectionInfo(
            new UUID(1, 2),
            CollectionSpec.vectors("c", 1, Metric.L2),
            Instant.ofEpochMilli(1),
            Instant.ofEpochMilli(1));

    @TempDir
    Path directory;

    private Framework framework;
    private BundleContext context;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final MemoryFileSystem files = new MemoryFileSystem();

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", directory.toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    /** A log that opens a store when a sink is attached, and says what happens. */
    private final class RecordingSource implements FlushSource {
        private final String log;
        private boolean taken;
        private boolean closed;

        RecordingSource(String log) {
            this.log = log;
        }

        @Override
        public LiveEntries live(String collection) {
            throw new LogClosedException("nothing is read here, collection=" + collection);
        }

        @Override
        public Attachment attach(FlushSink sink) {
            if (closed) {
                throw new LogClosedException("closed, log=" + log);
            }
            if (taken) {
                throw new IllegalStateException("another sink is attached, log=" + log);
            }
            taken = true;
            try {
                sink.open(COLLECTION, 1);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            events.add("attached to " + log + ": " + sink.name());
            return () -> {
                // the storage still works
                try {
                    events.add("detached from " + log + ": "
                            + files.list(Location.parse("memory:/viper")).size());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                taken = false;
            };
        }
    }

    @Test
    void aSinkIsAttachedWhileLogAndFileSystemAreThere() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        component.start();
        await(() -> component.detail().equals("waits for the log main"));
        ServiceRegistration<FlushSource> other = source(new RecordingSource("other"), "other");
        component.addSource(other.getReference(), context.getService(other.getReference()));
        ServiceRegistration<FlushSource> main = source(new RecordingSource("main"), "main");
        component.addSource(main.getReference(), context.getService(main.getReference()));
        await(() -> component.detail().equals("waits for a file system for memory: to reach memory:/viper"));
        assertEquals(List.of(), events);

        ServiceRegistration<FileSystem> storage = fileSystem(files, "memory");
        component.addFileSystem(storage.getReference(), files);
        await(() -> component.detail().isEmpty());
        assertEquals(List.of("attached to main: viper memory:/viper"), events);
        Stores stores = context.getService(context.getServiceReference(Stores.class));
        assertTrue(stores.view(COLLECTION.id()).isPresent());
        assertEquals("main", context.getServiceReference(Stores.class).getProperty("log.name"));

        component.removeFileSystem(storage.getReference());
        assertEquals(List.of("attached to main: viper memory:/viper", "detached from main: 1"), events);
        assertEquals(null, context.getServiceReference(Stores.class));
        assertFalse(stores.view(COLLECTION.id()).isPresent(), "closed though nobody closed it");

        component.addFileSystem(storage.getReference(), files);
        await(() -> component.detail().isEmpty());
        component.removeSource(main.getReference());
        assertEquals(4, events.size());
        assertEquals("waits for the log main", component.detail());
        component.stop();
        assertEquals(4, events.size());
    }

    @Test
    void theBetterFileSystemIsTaken() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        ServiceRegistration<FlushSource> main = source(new RecordingSource("main"), "main");
        component.addSource(main.getReference(), context.getService(main.getReference()));
        FileSystem poor = new MemoryFileSystem(EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.RANGE_READ), 0);
        ServiceRegistration<FileSystem> first = fileSystem(poor, "memory");
        component.addFileSystem(first.getReference(), poor);
        component.start();
        await(() -> component.detail().contains("missing=[STRONG_LIST]"));
        ServiceRegistration<FileSystem> elsewhere = fileSystem(files, "s3");
        component.addFileSystem(elsewhere.getReference(), files);
        ServiceRegistration<FileSystem> better = context.registerService(
                FileSystem.class,
                files,
                new Hashtable<>(Map.of(FileSystem.SCHEMES, new String[] {"memory"}, "service.ranking", 1)));
        component.addFileSystem(better.getReference(), files);
        await(() -> component.detail().isEmpty());
        assertEquals(List.of("attached to main: viper memory:/viper"), events);
        component.stop();
        assertEquals(List.of("attached to main: viper memory:/viper", "detached from main: 1"), events);
    }

    @Test
    void aLogThatClosesAtThatMomentIsNoError() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        RecordingSource source = new RecordingSource("main");
        source.closed = true;
        attached(component, source);
        await(() -> component.detail().equals("waits for the log main"));
        component.stop();
        assertEquals(List.of(), events);
    }

    @Test
    void aLogThatHasAnotherSinkIsTriedAgain() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        RecordingSource source = new RecordingSource("main");
        source.taken = true;
        attached(component, source);
        await(() -> component.detail().contains("another sink is attached"));
        source.taken = false;
        await(() -> component.detail().isEmpty());
        assertEquals(List.of("attached to main: viper memory:/viper"), events);
        component.stop();
    }

    @Test
    void aChangeOfTheConfigurationIsTakenLive() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper", "log", "main"), "other");
        attached(component, new RecordingSource("main"));
        await(() -> component.detail().isEmpty());
        component.modified(configuration(Map.of("viper.url", "memory:/viper", "log", "main", "cacheBytes", 7L)));
        component.modified(configuration(Map.of("viper.url", "memory:/viper", "log", "main", "keptManifests", 0)));
        assertEquals(
                "configuration refused, the one before stays in force: attribute out of range, expected 1 to 1000000,"
                        + " keptManifests=0",
                component.detail());
        component.modified(configuration(Map.of("viper.url", "memory:/elsewhere", "log", "main")));
        await(() -> events.size() == 3);
        component.modified(configuration(Map.of("viper.url", "memory:/elsewhere")));
        await(() -> component.detail().equals("waits for the log other"));
        component.stop();
        assertEquals(
                List.of(
                        "attached to main: viper memory:/viper",
                        "detached from main: 1",
                        "attached to main: viper memory:/elsewhere",
                        "detached from main: 1"),
                events);
    }

    @Test
    void aConfigurationWithoutAPlaceIsRefused() {
        assertEquals(
                "viper.url is not set, expected a directory or a URL, log=main",
                assertThrows(IllegalArgumentException.class, () -> component(Map.of(), "main"))
                        .getMessage());
        ViperComponent component = component(Map.of("viper.url", "file:${seawall.home}/data/viper"), "main");
        component.start();
        await(() -> component.detail().startsWith("waits for a configuration without placeholders"));
        component.stop();
    }

    private void attached(ViperComponent component, FlushSource source) {
        ServiceRegistration<FlushSource> log = source(source, "main");
        component.addSource(log.getReference(), source);
        ServiceRegistration<FileSystem> storage = fileSystem(files, "memory");
        component.addFileSystem(storage.getReference(), files);
        component.start();
    }

    private ViperComponent component(Map<String, Object> values, String name) {
        return new ViperComponent(context, configuration(values), Map.of("service.pid", "org.seawall.viper~" + name));
    }

    private static ViperConfiguration configuration(Map<String, Object> values) {
        return (ViperConfiguration) Proxy.newProxyInstance(
                ViperConfiguration.class.getClassLoader(),
                new Class<?>[] {ViperConfiguration.class},
                (proxy, method, arguments) ->
                        values.getOrDefault(method.getName().replace('_', '.'), method.getDefaultValue()));
    }

    private ServiceRegistration<FlushSource> source(FlushSource source, String log) {
        return context.registerService(FlushSource.class, source, new Hashtable<>(Map.of("log.name", log)));
    }

    private ServiceRegistration<FileSystem> fileSystem(FileSystem service, String scheme) {
        return context.registerService(
                FileSystem.class, service, new Hashtable<>(Map.of(FileSystem.SCHEMES, new String[] {scheme})));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
