package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.flush.FlushSource;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.sink.Stores;

class ViperComponentTest {
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

    @Test
    void aSinkIsAttachedWhileLogAndFileSystemAreThere() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        component.start();
        Await.until("detail", () -> component.detail().equals("waits for the log main"));
        ServiceRegistration<FlushSource> other = source(log("other"), "other");
        component.addSource(other.getReference(), context.getService(other.getReference()));
        ServiceRegistration<FlushSource> main = source(log("main"), "main");
        component.addSource(main.getReference(), context.getService(main.getReference()));
        Await.until(
                "detail",
                () -> component.detail().equals("waits for a file system for memory: to reach memory:/viper"));
        assertEquals(List.of(), events);

        ServiceRegistration<FileSystem> storage = fileSystem(files, "memory");
        component.addFileSystem(storage.getReference(), files);
        Await.until("detail", () -> component.detail().isEmpty());
        assertEquals(List.of("attached to main: viper memory:/viper"), events);
        Stores stores = context.getService(context.getServiceReference(Stores.class));
        assertTrue(stores.view(RecordingSource.COLLECTION.id()).isPresent());
        assertEquals("main", context.getServiceReference(Stores.class).getProperty("log.name"));

        component.removeFileSystem(storage.getReference());
        assertEquals(List.of("attached to main: viper memory:/viper", "detached from main: 1"), events);
        assertEquals(null, context.getServiceReference(Stores.class));
        assertFalse(stores.view(RecordingSource.COLLECTION.id()).isPresent(), "closed though nobody closed it");

        component.addFileSystem(storage.getReference(), files);
        Await.until("detail", () -> component.detail().isEmpty());
        component.removeSource(main.getReference());
        assertEquals(4, events.size());
        assertEquals("waits for the log main", component.detail());
        component.stop();
        assertEquals(4, events.size());
    }

    @Test
    void theBetterFileSystemIsTaken() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        ServiceRegistration<FlushSource> main = source(log("main"), "main");
        component.addSource(main.getReference(), context.getService(main.getReference()));
        FileSystem poor = new MemoryFileSystem(EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.RANGE_READ), 0);
        ServiceRegistration<FileSystem> first = fileSystem(poor, "memory");
        component.addFileSystem(first.getReference(), poor);
        component.start();
        Await.until("detail", () -> component.detail().contains("missing=[STRONG_LIST]"));
        ServiceRegistration<FileSystem> elsewhere = fileSystem(files, "s3");
        component.addFileSystem(elsewhere.getReference(), files);
        ServiceRegistration<FileSystem> better = context.registerService(
                FileSystem.class,
                files,
                new Hashtable<>(Map.of(FileSystem.SCHEMES, new String[] {"memory"}, "service.ranking", 1)));
        component.addFileSystem(better.getReference(), files);
        Await.until("detail", () -> component.detail().isEmpty());
        assertEquals(List.of("attached to main: viper memory:/viper"), events);
        component.stop();
        assertEquals(List.of("attached to main: viper memory:/viper", "detached from main: 1"), events);
    }

    @Test
    void aLogThatClosesAtThatMomentIsNoError() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        RecordingSource source = log("main");
        source.closed = true;
        attached(component, source);
        Await.until("detail", () -> component.detail().equals("waits for the log main"));
        component.stop();
        assertEquals(List.of(), events);
    }

    @Test
    void aLogThatHasAnotherSinkIsTriedAgain() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper"), "main");
        RecordingSource source = log("main");
        source.taken = true;
        attached(component, source);
        Await.until("detail", () -> component.detail().contains("another sink is attached"));
        source.taken = false;
        Await.until("detail", () -> component.detail().isEmpty());
        assertEquals(List.of("attached to main: viper memory:/viper"), events);
        component.stop();
    }

    @Test
    void aChangeOfTheConfigurationIsTakenLive() throws Exception {
        ViperComponent component = component(Map.of("viper.url", "memory:/viper", "log", "main"), "other");
        attached(component, log("main"));
        Await.until("detail", () -> component.detail().isEmpty());
        component.modified(configuration(Map.of("viper.url", "memory:/viper", "log", "main", "cacheBytes", 7L)));
        component.modified(configuration(Map.of("viper.url", "memory:/viper", "log", "main", "keptManifests", 0)));
        assertEquals(
                "configuration refused, the one before stays in force: attribute out of range, expected 1 to 1000000,"
                        + " keptManifests=0",
                component.detail());
        component.modified(configuration(Map.of("viper.url", "memory:/elsewhere", "log", "main")));
        Await.until("event 3", () -> events.size() == 3);
        component.modified(configuration(Map.of("viper.url", "memory:/elsewhere")));
        Await.until("detail", () -> component.detail().equals("waits for the log other"));
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
        Await.until("detail", () -> component.detail().startsWith("waits for a configuration without placeholders"));
        component.stop();
    }

    private RecordingSource log(String name) {
        return new RecordingSource(name, files, events);
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
}
