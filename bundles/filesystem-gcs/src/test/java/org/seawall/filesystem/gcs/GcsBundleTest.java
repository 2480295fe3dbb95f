package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The bundle in a plain framework, which gives it nothing but Java, SLF4J and our own API: it works, shows nothing, and when it
 * goes nothing of it is left.
 */
@ExtendWith(FakeGcsExtension.class)
class GcsBundleTest {

    private static final int ROUNDS = Integer.getInteger("clouds.rounds", 3);
    private static final String EXTRA = "org.seawall;version=1.0.0,org.seawall.spi.filesystem;version=1.0.0,"
            + "org.slf4j;version=2.0.0,org.slf4j.event;version=2.0.0,org.slf4j.helpers;version=2.0.0,"
            + "org.slf4j.spi;version=2.0.0";

    private final FakeGcs server;
    private Framework framework;

    @TempDir
    Path cache;

    GcsBundleTest(FakeGcs server) {
        this.server = server;
    }

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .iterator()
                .next()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        EXTRA,
                        Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                        "osgi.extender;osgi.extender=osgi.component;version:Version=1.5.0"));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(20_000);
    }

    private Bundle installed() throws Exception {
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("reference:" + Path.of("target", "classes").toUri());
        bundle.start();
        return bundle;
    }

    @Test
    void nothingIsVisibleOutside() throws Exception {
        BundleRevision revision = installed().adapt(BundleRevision.class);
        assertEquals(List.of(), revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE));
        Set<String> imports = revision.getDeclaredRequirements(BundleRevision.PACKAGE_NAMESPACE).stream()
                .map(requirement -> requirement.getDirectives().get(Constants.FILTER_DIRECTIVE))
                .filter(filter -> filter.matches(".*=(com|io|org\\.apache|org\\.threeten)\\..*"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), imports);
    }

    @Test
    void theServiceTellsItsSchemesAndNoSecretAndStaysWhenItIsChanged() throws Exception {
        BundleContext context = framework.getBundleContext();
        Map<String, Object> told = new HashMap<>(Map.of("endpoint", server.endpoint(), "credentials", "anonymous"));
        GcsService.SECRETS.forEach(name -> told.put(name, "hush-hush"));
        told.put(".hidden", "hush-hush");
        GcsConfiguration configuration = TestConfiguration.anonymous(server.endpoint(), Map.of());
        GcsService component = new GcsService(configuration, told, context);
        ServiceReference<FileSystem> reference = context.getServiceReference(FileSystem.class);
        assertEquals(GcsService.SCHEMES, Set.of((String[]) reference.getProperty(FileSystem.SCHEMES)));
        told.put("endpoint", "http://elsewhere");
        component.change(configuration, told);
        assertEquals("http://elsewhere", reference.getProperty("endpoint"));
        for (String key : reference.getPropertyKeys()) {
            assertFalse(String.valueOf(reference.getProperty(key)).contains("hush"), key);
        }
        component.stop();
        assertNull(context.getServiceReference(FileSystem.class));
    }

    @Test
    void nothingIsLeftOfABundleThatGoes() throws Exception {
        String bucket = "seawall-rounds-" + ROUNDS;
        server.makeBucket(bucket);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        Set<String> before = threads();
        for (int round = 0; round < ROUNDS; round++) {
            loaders.add(new WeakReference<>(round(Location.parse("gs://" + bucket + "/round" + round))));
        }
        // the threads end by themselves behind the close
        for (int i = 0; i < 100 && !before.containsAll(threads()); i++) {
            Thread.sleep(50);
        }
        Set<String> left = threads();
        left.removeAll(before);
        assertEquals(Set.of(), left, "threads");
        for (int i = 0; i < 20 && loaders.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            Thread.sleep(100);
        }
        assertEquals(0, loaders.stream().filter(loader -> loader.get() != null).count(), "class loaders of " + ROUNDS);
    }

    /** Threads of this bundle's or that a library begins; those of the framework and of the tests come and go. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("Felix") && !name.startsWith("HttpClient-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every kind of request, then the bundle is gone. */
    private ClassLoader round(Location directory) throws Exception {
        Bundle bundle = installed();
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        Class<?> type = loader.loadClass(GcsFileSystem.class.getName());
        assertNotSame(GcsFileSystem.class, type);
        Class<?> settings = loader.loadClass(GcsConfiguration.class.getName());
        Constructor<?> constructor = type.getConstructor(settings);
        FileSystem files = (FileSystem) constructor.newInstance(configuration(settings));
        try {
            use(files, directory);
        } finally {
            Method close = type.getDeclaredMethod("close");
            close.setAccessible(true);
            close.invoke(files);
            bundle.uninstall();
        }
        return loader;
    }

    private Object configuration(Class<?> settings) {
        Map<String, Object> values = new HashMap<>();
        for (Method attribute : settings.getDeclaredMethods()) {
            values.put(attribute.getName(), attribute.getDefaultValue());
        }
        values.putAll(
                Map.of("endpoint", server.endpoint(), "credentials", "anonymous", "uploadThresholdBytes", 1_000L));
        return Proxy.newProxyInstance(
                settings.getClassLoader(),
                new Class<?>[] {settings, Annotation.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    }

    private static void use(FileSystem files, Location directory) throws IOException {
        String text = "0123456789".repeat(1_000);
        files.create(directory.child("small"), bytes("small"));
        files.create(directory.child("large"), bytes(text));
        assertEquals(2, files.list(directory).size());
        try (FileInput input = files.open(directory.child("large"))) {
            ByteBuffer content = ByteBuffer.allocate(text.length());
            input.read(0, content);
            assertEquals(text, new String(content.array(), StandardCharsets.UTF_8));
        }
        files.replace(
                directory.child("small"),
                bytes("other"),
                files.find(directory.child("small")).map(org.seawall.spi.filesystem.FileInfo::version));
        files.deleteTree(directory);
        assertTrue(files.find(directory).isEmpty());
    }

    private static List<ByteBuffer> bytes(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
