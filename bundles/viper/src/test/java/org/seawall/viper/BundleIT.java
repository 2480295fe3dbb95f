package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.seawall.Entry;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

/** The bundle as a container sees it: with Parquet and its native code inside, nothing of it outside. */
class BundleIT {
    private static final String JAR = System.getProperty("bundle");
    private static final String STORE = "org.seawall.viper.store.";

    @Test
    void nothingOfParquetIsVisibleOrAskedForOutside() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals(null, manifest.getValue("Export-Package"));
            assertEquals(null, manifest.getValue("DynamicImport-Package"));
            String imports = manifest.getValue("Import-Package");
            assertFalse(imports.matches(".*(parquet|hadoop|zstd|jts|sun\\.).*"), imports);
            assertTrue(imports.contains("org.seawall.spi.filesystem"), imports);
        }
    }

    @Test
    void aStoreInTheContainerWritesAndReads(@TempDir Path home) throws Exception {
        Framework framework = started(home);
        try {
            Bundle bundle = framework
                    .getBundleContext()
                    .installBundle(Path.of(JAR).toUri().toString());
            bundle.start();
            Class<?> type = bundle.loadClass(STORE + "VectorStore");
            assertNotSame(org.seawall.viper.store.VectorStore.class, type);
            flushAndScan(bundle, type);
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private static void flushAndScan(Bundle bundle, Class<?> type) throws Exception {
        Class<?> settings = bundle.loadClass(STORE + "StoreSettings");
        Method open = type.getMethod(
                "open",
                FileSystem.class,
                Location.class,
                int.class,
                Metric.class,
                long.class,
                settings,
                Consumer.class);
        Consumer<Exception> damage = e -> {
            throw new AssertionError("damaged sidecar", e);
        };
        Object store = open.invoke(
                null,
                new MemoryFileSystem(),
                Location.parse("memory:/store"),
                2,
                Metric.L2,
                1L,
                settings.getField("DEFAULT").get(null),
                damage);
        Object row = bundle.loadClass("org.seawall.viper.part.Row")
                .getConstructor(Entry.class, long.class)
                .newInstance(Entry.vector("a", 1, 2).withMetadata(Map.of("text", "sea")), 1L);
        Object batch = bundle.loadClass(STORE + "RowBatch")
                .getConstructor(long.class, long.class, Iterable.class, Iterable.class)
                .newInstance(0L, 1L, List.of(row), List.of());
        assertEquals(1L, type.getMethod("flush", batch.getClass()).invoke(store, batch));
        Object view = type.getMethod("view").invoke(store);
        assertEquals(
                "Optional[" + row + "]",
                view.getClass()
                        .getMethod("find", String.class, long.class)
                        .invoke(view, "a", 0L)
                        .toString());
    }

    private static Framework started(Path home) throws Exception {
        String packages =
                "org.osgi.service.component;version=1.5,org.slf4j;version=2.0,org.slf4j.event;version=2.0,org.seawall;version=1.0,"
                        + "org.seawall.catalog;version=1.0,org.seawall.files;version=1.0,org.seawall.search;version=1.0,"
                        + "org.seawall.spi.filesystem;version=1.0,org.seawall.spi.flush;version=1.0";
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        home.toString(),
                        "org.osgi.framework.system.packages.extra",
                        packages));
        framework.start();
        Path standIn = home.resolve("stand-in.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(standIn), extender())) {
            jar.finish();
        }
        framework.getBundleContext().installBundle(standIn.toUri().toString()).start();
        return framework;
    }

    /** Stands in for Declarative Services, which would look for a source of entries. */
    private static Manifest extender() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "stand-in");
        attributes.putValue(
                "Provide-Capability", "osgi.extender;osgi.extender=\"osgi.component\";version:Version=\"1.5\"");
        return manifest;
    }
}
