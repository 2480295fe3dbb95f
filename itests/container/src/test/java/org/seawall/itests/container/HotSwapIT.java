package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;

/**
 * Plug-ins are stopped, started, updated and exchanged, and the configuration is changed, while 64 writers append at full
 * speed. No append fails, and after a restart every entry is there once. The pauses that writers have seen are printed.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotSwapIT {
    private static final int SWAPS = Integer.getInteger("it.swaps", 5);
    /** Over how many seconds the swaps are spread; 0 for one behind the other. */
    private static final int SECONDS = Integer.getInteger("it.seconds", 0);

    private static final int WRITERS = 64;
    private static final List<String> COLLECTIONS = List.of("a", "b", "c", "d");

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    private Services services;
    private org.osgi.service.cm.Configuration configuration;
    private WriteAheadLog wal;
    private Swarm swarm;

    @Configuration
    public Option[] container() {
        return Felix.withOurBundles();
    }

    @Before
    public void openALog() throws Exception {
        configuration = new LogConfigurations(admin)
                .set(
                        "hot",
                        Map.of(
                                "wal.url", url(LogConfigurations.emptyStorage("hot")),
                                "catalog.url", url(LogConfigurations.emptyStorage("hot-catalog"))));
        services = new Services(context, "hot");
        wal = services.wal();
        COLLECTIONS.forEach(name -> wal.catalog().create(CollectionSpec.payloads(name)));
        swarm = new Swarm(wal, WRITERS, COLLECTIONS);
        swarm.longestMillis(10 * WRITERS);
    }

    @After
    public void deleteIt() throws Exception {
        configuration.delete();
        Await.until("log gone", () -> !services.present(org.seawall.LogMonitor.class));
    }

    @Test
    public void theFileSystemStopsAndStarts() throws Exception {
        Bundle bundle = OurBundles.named("org.seawall.filesystem.local", context);
        swapped("file system stopped and started", SWAPS, i -> {
            bundle.stop();
            assertEquals(LogState.WAITING, services.status().state());
            bundle.start();
        });
    }

    @Test
    public void theFileSystemIsUpdatedAndItsOldClassesGo() throws Exception {
        Bundle bundle = OurBundles.named("org.seawall.filesystem.local", context);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        swapped("file system updated", 3, i -> {
            loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
            bundle.update(ofVersion(bundle, "1.0." + (i + 1)));
            context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
            Await.until(
                    "updated",
                    () -> bundle.getState() == Bundle.ACTIVE
                            && bundle.getVersion().getMicro() == i + 1);
        });
        Await.until("classes of old versions gone", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    @Test
    public void theSerializerChangesBackAndForth() throws Exception {
        swapped("serializer changed", SWAPS, i -> {
            String serializer = i % 2 == 0 ? "protobuf" : "avro";
            set("serializer", serializer);
            Await.until("in use", () -> status().serializer().equals(serializer));
        });
    }

    @Test
    public void theStrategyChangesBackAndForth() throws Exception {
        swapped("strategy changed", SWAPS, i -> {
            String strategy = i % 2 == 0 ? "object" : "append";
            set("strategy", strategy);
            Await.until("in use", () -> status().strategy().equals(strategy));
        });
    }

    @Test
    public void limitsChange() throws Exception {
        swapped("limits changed", SWAPS, i -> {
            set("memoryBytes", (1L << 30) + i);
            set("commitThreads", 1 + i % 4);
            Await.until("in force", () -> status().usage().memoryLimitBytes() == (1L << 30) + i);
        });
    }

    /** Written in the new directory at once, and the old one is let go when all is in the new one. */
    @Test
    public void theDirectoryChangesThereAndBack() throws Exception {
        Path[] places = {LogConfigurations.storage("hot"), LogConfigurations.emptyStorage("hot-elsewhere")};
        swapped("directory moved", SWAPS, i -> {
            String to = url(places[(i + 1) % 2]);
            set("wal.url", to);
            Await.until("moved", () -> moved(to, places[i % 2]));
        });
    }

    /** Nobody who appends has to wait. */
    @Test
    public void theCatalogMovesThereAndBack() throws Exception {
        Path[] places = {
            LogConfigurations.storage("hot-catalog"), LogConfigurations.emptyStorage("hot-catalog-elsewhere")
        };
        swapped("catalog moved", SWAPS, i -> {
            Path to = places[(i + 1) % 2];
            set("catalog.url", url(to));
            Await.until(
                    "moved",
                    () -> services.reference(LogMonitor.class)
                            .filter(monitor -> ("file:" + to).equals(monitor.getProperty(LogMonitor.CATALOG_URL)))
                            .isPresent());
            wal.catalog().update(COLLECTIONS.get(0), spec -> spec.withOwner("owner" + i));
        });
    }

    /** The catalog is in the first directory, and goes with it. */
    @Test
    public void theWholeLogMovesThereAndBack() throws Exception {
        Path[] places = {LogConfigurations.storage("hot"), LogConfigurations.emptyStorage("hot-whole")};
        set("catalog.url", "");
        swapped("log moved", SWAPS, i -> {
            Path from = places[i % 2];
            String to = url(places[(i + 1) % 2]);
            set("wal.url", to);
            Await.until("moved", () -> moved(to, from) && !Files.exists(from.resolve("catalog/incremental")));
        });
    }

    private boolean moved(String to, Path from) {
        boolean there = status().collections().stream()
                .allMatch(one -> one.url().equals(to) && one.detail().isEmpty());
        try (Stream<Path> left = Files.list(from)) {
            return there
                    && left.noneMatch(path ->
                            Files.isDirectory(path) && !path.endsWith("catalog") || path.endsWith("wal.storage"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String url(Path directory) {
        return directory.toUri().toString();
    }

    private interface Swap {
        void run(int number) throws Exception;
    }

    private void swapped(String what, int swaps, Swap swap) throws Exception {
        List<Double> pauses = new ArrayList<>();
        int threads = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < swaps; i++) {
            TimeUnit.NANOSECONDS.sleep(begin + i * SECONDS * 1_000_000_000L / swaps - System.nanoTime());
            swap.run(i);
            pauses.add(swarm.longestMillis(2 * WRITERS));
            if (i == 0) {
                threads = OurThreads.alive().size();
            }
        }
        int threadsAfter = OurThreads.alive().size();
        assertSame(wal, services.wal());
        swarm.end();
        print(what, pauses, threads + " -> " + threadsAfter, (System.nanoTime() - begin) / 1e9);
        // those that copied files end when they have rested
        int before = threads;
        Await.until("threads as before", () -> OurThreads.alive().size() <= before + 10);
        swarm.assertIn(wal, COLLECTIONS);
        Bundle core = OurBundles.named("org.seawall.core", context);
        core.stop();
        core.start();
        swarm.assertIn(services.wal(), COLLECTIONS);
    }

    private void print(String what, List<Double> pauses, String threads, double seconds) {
        double[] sorted =
                pauses.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s %d times under %d writers in %.1f s: appends=%d, failed=0, longest append ms p50=%.1f p99=%.1f max=%.1f,"
                        + " threads %s, classes loaded %d%n",
                what,
                sorted.length,
                WRITERS,
                seconds,
                swarm.acknowledgedAppends(),
                sorted[sorted.length / 2],
                sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)],
                sorted[sorted.length - 1],
                threads,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    private LogStatus status() {
        try {
            return services.status();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void set(String attribute, Object value) throws IOException {
        Dictionary<String, Object> properties = configuration.getProperties();
        properties.put(attribute, value);
        configuration.update(properties);
    }

    /** The same bundle under another version. */
    private static InputStream ofVersion(Bundle bundle, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream from =
                new JarInputStream(URI.create(bundle.getLocation()).toURL().openStream())) {
            from.getManifest().getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream to = new JarOutputStream(bytes, from.getManifest())) {
                for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.transferTo(to);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
