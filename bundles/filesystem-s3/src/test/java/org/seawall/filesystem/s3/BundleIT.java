package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.bytes;
import static org.seawall.filesystem.common.TestFiles.text;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** The bundle as a container sees it: alone, with nothing of the SDK outside, and gone when it is stopped. */
class BundleIT {

    /** 50 for a long look: {@code -Dbundle.rounds=50}. */
    private static final int ROUNDS = Integer.getInteger("bundle.rounds", 4);

    private static final String JAR = System.getProperty("bundle");

    @Test
    void nothingOfTheSdkIsVisibleOrAskedForOutside() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals(null, manifest.getValue("Export-Package"));
            assertEquals(null, manifest.getValue("DynamicImport-Package"));
            String imports = manifest.getValue("Import-Package");
            assertFalse(imports.contains("awssdk") || imports.contains("apache"), imports);
            assertFalse(imports.contains("seawall.filesystem.common"), imports);
            assertTrue(imports.contains("org.seawall.spi.filesystem"), imports);
            assertTrue(
                    jar.getEntry("org/seawall/filesystem/common/ObjectFileSystem.class") != null, "the private copy");
        }
    }

    @Test
    void aBundleThatWasStoppedLeavesNoThreadAndNoClassLoader(@TempDir Path home) throws Exception {
        VersityServer server = VersityServer.running();
        Location directory = Location.parse("s3://" + server.bucket() + "/wal");
        Framework framework = started(home);
        Set<String> before = threads();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                loaders.add(round(framework, server.configuration(), directory.child("round-" + round)));
            }
            Set<String> left = threads();
            left.removeAll(before);
            assertEquals(Set.of(), left, "threads that are left");
            assertEquals(0, loadersAfterCollection(loaders), "class loaders that are left");
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private static Framework started(Path home) throws Exception {
        String packages = "org.slf4j;version=2.0,org.slf4j.event;version=2.0,org.seawall;version=1.0,"
                + "org.seawall.spi.filesystem;version=1.0";
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

    /** Stands in for Declarative Services, which would hold the component itself. */
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

    /** One life of the bundle, in which it writes and reads. */
    private static WeakReference<ClassLoader> round(Framework framework, TestConfiguration configuration, Location file)
            throws Exception {
        Bundle bundle =
                framework.getBundleContext().installBundle(Path.of(JAR).toUri().toString());
        bundle.start();
        Class<?> type = bundle.loadClass(S3FileSystem.class.getName());
        assertNotSame(S3FileSystem.class, type);
        Class<?> configured = bundle.loadClass(S3Configuration.class.getName());
        Constructor<?> constructor = type.getConstructor(configured);
        FileSystem files = (FileSystem) constructor.newInstance(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {configured},
                (proxy, method, arguments) ->
                        configuration.values().getOrDefault(method.getName(), method.getDefaultValue())));
        files.create(file, bytes("text"));
        assertEquals("text", text(files, file));
        assertTrue(threads().stream().anyMatch(name -> name.startsWith("seawall-filesystem-s3-")), threads()::toString);
        Method stop = type.getDeclaredMethod("stop");
        stop.setAccessible(true);
        stop.invoke(files);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
        bundle.stop();
        bundle.uninstall();
        return loader;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + "#" + thread.getId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The collector is asked until it has what it can have; a loader that is held is still there after many rounds. */
    private static long loadersAfterCollection(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        long left = loaders.size();
        for (int i = 0; i < 100 && left > 0; i++) {
            System.gc();
            Thread.sleep(50);
            left = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        return left;
    }
}
