package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.Catalog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.store.VectorStore;

/** The bundle with Declarative Services and ConfigAdmin, and of a log no more than its catalog. */
class ComponentIT {
    private static final String PACKAGES = "org.slf4j;version=2.0,org.slf4j.event;version=2.0,org.seawall;version=1.0,"
            + "org.seawall.catalog;version=1.0,org.seawall.spi.filesystem;version=1.0,org.osgi.service.cm;version=1.6";
    private static final String JAR = System.getProperty("bundle");
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final List<CollectionInfo> collections = new CopyOnWriteArrayList<>();

    @TempDir
    private Path home;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        home.resolve("framework").toString(),
                        "org.osgi.framework.system.packages.extra",
                        PACKAGES));
        framework.start();
        context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        Path others = Path.of(System.getProperty("bundles"));
        for (String name : List.of(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component",
                "org.apache.felix.configadmin",
                "org.apache.felix.scr")) {
            bundles.add(
                    context.installBundle(others.resolve(name + ".jar").toUri().toString()));
        }
        bundles.add(context.installBundle(Path.of(JAR).toUri().toString()));
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(0);
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("seawall-iceberg-"))
                        .toList());
    }

    @Test
    void nothingOfIcebergIsVisibleOrAskedForOutside() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals(null, manifest.getValue("Export-Package"));
            assertEquals(null, manifest.getValue("DynamicImport-Package"));
            String imports = manifest.getValue("Import-Package");
            assertFalse(imports.matches(".*(iceberg|hadoop|avro|jackson|sqlite|parquet|viper).*"), imports);
        }
    }

    @Test
    void whatIsFlushedIsPublishedAndWhatIsDroppedIsDropped() throws Exception {
        Place place = new Place(files, home);
        collections.add(place.collection);
        collections.add(new CollectionInfo(
                new UUID(9, 9),
                CollectionSpec.payloads("payloads"),
                place.collection.created(),
                place.collection.updated()));
        Configuration configuration = admin().getFactoryConfiguration("org.seawall.viper.iceberg", "main", "?");
        configuration.update(properties());
        ServiceRegistration<WriteAheadLog> log = log();
        ServiceRegistration<FileSystem> storage = storage();
        try (VectorStore store = place.open(1)) {
            Place.flush(store, List.of("a", "b", "c"), List.of());
            await(() -> place.shown().equals(Place.held(store)));

            Place.flush(store, List.of("d"), List.of("a"));
            Place.flush(store, List.of(), List.of("b"));
            await(() -> place.shown().equals(Place.held(store)));

            // a while without storage, and without the log
            storage.unregister();
            Place.flush(store, List.of("e"), List.of());
            storage = storage();
            log.unregister();
            log = log();
            await(() -> place.shown().equals(Place.held(store)));
        }
        collections.remove(place.collection);
        files.deleteTree(place.store);
        await(() -> gone(place));
        configuration.delete();
        log.unregister();
        storage.unregister();
    }

    private static boolean gone(Place place) throws IOException {
        try (Tables tables = place.tables()) {
            Place.table(tables);
            return false;
        } catch (NoSuchTableException e) {
            return true;
        }
    }

    private Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("viper.url", Place.ROOT.toString());
        properties.put("warehouse", Place.ROOT + "/iceberg");
        properties.put("catalog.uri", "jdbc:sqlite:" + home.resolve("catalog.db"));
        properties.put("namespace", Place.NAMESPACE.toString());
        properties.put("everySeconds", 2);
        properties.put("everyFlushes", 2);
        return properties;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long begin = System.nanoTime();
        while (!holds(condition)) {
            assertTrue(System.nanoTime() - begin < PATIENCE_NANOS, "waited in vain");
            Thread.sleep(50);
        }
    }

    /** A table that is not there yet does not show what it is to show. */
    private static boolean holds(Condition condition) throws Exception {
        try {
            return condition.holds();
        } catch (NoSuchTableException e) {
            return false;
        }
    }

    private ServiceRegistration<WriteAheadLog> log() {
        Catalog catalog = proxy(Catalog.class, "list", () -> List.copyOf(collections));
        return context.registerService(
                WriteAheadLog.class,
                proxy(WriteAheadLog.class, "catalog", () -> catalog),
                new Hashtable<>(Map.of(WriteAheadLog.LOG_NAME, "main")));
    }

    private static <T> T proxy(Class<T> type, String method, Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> {
                    if (called.getName().equals(method)) {
                        return answer.get();
                    }
                    return switch (called.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == given[0];
                        case "toString" -> type.getSimpleName();
                        default -> throw new UnsupportedOperationException(called.toString());
                    };
                }));
    }

    private ServiceRegistration<FileSystem> storage() {
        return context.registerService(
                FileSystem.class, files, new Hashtable<>(Map.of(FileSystem.SCHEMES, new String[] {"memory"})));
    }

    private ConfigurationAdmin admin() {
        return context.getService(context.getServiceReference(ConfigurationAdmin.class));
    }
}
