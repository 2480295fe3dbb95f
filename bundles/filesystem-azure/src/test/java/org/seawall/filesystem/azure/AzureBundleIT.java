package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** The bundle as it is packed, in a framework: what it registers, how it changes, and that nothing is left when it is gone. */
@ExtendWith(AzuriteExtension.class)
class AzureBundleIT {

    private static final String PID = "org.seawall.filesystem.azure";
    private static final int PATIENCE_MILLIS = 60_000;

    /** What the bundles under test get from this JVM. */
    private static final String FROM_HERE = "org.seawall;version=1.0.0,org.seawall.spi.filesystem;version=1.0.0,"
            + "org.slf4j;version=2.0.20,org.slf4j.helpers;version=2.0.20,org.osgi.service.cm;version=1.6.1";

    @TempDir
    Path directory;

    private final String container = "bundle-" + UUID.randomUUID();
    private final Location root = Location.parse("adls://" + container + "/wal");
    private Azurite azurite;
    private Framework framework;
    private BundleContext context;
    private Bundle bundle;

    @BeforeEach
    void start(Azurite running) throws Exception {
        azurite = running;
        azurite.makeContainer(container);
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        directory.toString(),
                        "org.osgi.framework.system.packages.extra",
                        FROM_HERE,
                        "org.osgi.framework.bundle.parent",
                        "app"));
        framework.start();
        context = framework.getBundleContext();
        List<Bundle> others = new ArrayList<>();
        for (String name : List.of(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component-",
                "org.apache.felix.configadmin",
                "org.apache.felix.scr")) {
            others.add(context.installBundle(jar(name)));
        }
        for (Bundle other : others) {
            other.start();
        }
    }

    private static String jar(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the class path"))
                .toUri()
                .toString();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(PATIENCE_MILLIS);
    }

    private void install() throws Exception {
        bundle = context.installBundle(
                Path.of(System.getProperty("azure.bundle")).toUri().toString());
        bundle.start();
    }

    private Configuration configuration() throws IOException {
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        return admin.getFactoryConfiguration(PID, "it", "?");
    }

    private Dictionary<String, Object> settings() {
        Dictionary<String, Object> settings =
                new Hashtable<>(Settings.of(azurite).set());
        settings.put("blockBytes", 65_536);
        settings.put("service.ranking", 7);
        return settings;
    }

    private static void awaiting(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "waited in vain: " + what);
            Thread.sleep(20);
        }
    }

    private ServiceReference<FileSystem> registered() throws Exception {
        awaiting(
                "the service",
                () -> context.getServiceReferences(FileSystem.class, "(service.ranking=7)")
                                .size()
                        == 1);
        return context.getServiceReferences(FileSystem.class, "(service.ranking=7)")
                .iterator()
                .next();
    }

    /** Writes a file of several blocks, reads it, lists it, deletes it. */
    private void use(FileSystem files, String name) throws IOException {
        Location file = root.child(name);
        files.create(file, List.of(ByteBuffer.allocate(200_000)));
        try (FileInput input = files.open(file)) {
            input.read(0, ByteBuffer.allocate(200_000));
        }
        assertTrue(files.list(root).stream().anyMatch(found -> found.name().equals(name)));
        files.delete(file);
    }

    @Test
    void theServiceTellsItsSchemesAndNoSecret() throws Exception {
        configuration().update(settings());
        install();
        ServiceReference<FileSystem> service = registered();
        assertEquals(Set.of("adls", "abfs", "abfss", "az"), Set.of((String[]) service.getProperty(FileSystem.SCHEMES)));
        assertEquals(PID + "~it", service.getProperty("service.pid"));
        for (String name : service.getPropertyKeys()) {
            assertFalse(String.valueOf(service.getProperty(name)).contains(Azurite.KEY), name);
        }
        use(context.getService(service), "file");
        assertTrue(bundle.getHeaders().get("Export-Package") == null, "the SDK is nobody else's");
    }

    @Test
    void otherCredentialsGoToTheSameFileSystemAndFilesThatGrowAreAnother() throws Exception {
        Configuration configuration = configuration();
        configuration.update(settings());
        install();
        FileSystem before = context.getService(registered());
        use(before, "file");
        Dictionary<String, Object> wrong = settings();
        wrong.put("accountKey", "YSBrZXkgb2Ygc29tZWJvZHkgZWxzZQ==");
        configuration.update(wrong);
        awaiting("the other key", () -> {
            try {
                before.list(root);
                return false;
            } catch (StorageDeniedException e) {
                return true;
            }
        });
        configuration.update(settings());
        awaiting("the right key", () -> {
            try {
                return before.list(root).isEmpty();
            } catch (StorageDeniedException e) {
                return false;
            }
        });
        assertSame(before, context.getService(registered()));
        Dictionary<String, Object> other = settings();
        other.put("appendBlobs", false);
        configuration.update(other);
        awaiting("the other file system", () -> context.getService(registered()) != before);
        use(context.getService(registered()), "file2");
        assertNotSame(before, context.getService(registered()));
        awaiting("the end of the old one", () -> {
            try {
                before.list(root);
                return false;
            } catch (IOException e) {
                return e.getMessage().startsWith("file system is closed");
            }
        });
    }

    @Test
    void nothingIsLeftOfABundleThatIsGone() throws Exception {
        int rounds = Integer.getInteger("azure.rounds", 4);
        Set<String> threads = threads();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        Configuration configuration = configuration();
        configuration.update(settings());
        for (int round = 0; round < rounds; round++) {
            loaders.add(round(round));
        }
        awaiting("the end of all threads", () -> {
            System.gc();
            Set<String> left = threads();
            left.removeAll(threads);
            return left.isEmpty();
        });
        awaiting("the end of all class loaders", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
        assertEquals(rounds, loaders.size());
    }

    private WeakReference<ClassLoader> round(int number) throws Exception {
        install();
        ServiceReference<FileSystem> service = registered();
        FileSystem files = context.getService(service);
        use(files, "file" + number);
        assertThrows(IOException.class, () -> files.list(Location.parse("adls://no-such-container/x")));
        WeakReference<ClassLoader> loader = new WeakReference<>(files.getClass().getClassLoader());
        context.ungetService(service);
        bundle.stop();
        bundle.uninstall();
        bundle = null;
        // the framework keeps what is uninstalled until then
        framework.adapt(FrameworkWiring.class).refreshBundles(null);
        return loader;
    }

    /** Of the bundle and of what its SDK might begin. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(seawall-|azure-sdk|HttpClient-|parallel-|boundedElastic|reactor).*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
