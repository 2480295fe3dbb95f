package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.files.EntryFiles;
import org.seawall.files.EntryInput;
import org.seawall.files.EntryOutput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.flush.FlushSource;
import org.seawall.testkit.MemoryFileSystem;

/** The bundle with Declarative Services and ConfigAdmin, and no log but a small one of the test's own. */
class ComponentIT {
    private static final String PACKAGES = "org.slf4j;version=2.0,org.slf4j.event;version=2.0,org.seawall;version=1.0,"
            + "org.seawall.catalog;version=1.0,org.seawall.files;version=1.0,org.seawall.search;version=1.0,"
            + "org.seawall.spi.filesystem;version=1.0,org.seawall.spi.flush;version=1.0,org.osgi.service.cm;version=1.6";

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final MemoryFileSystem files = new MemoryFileSystem();
    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start(@TempDir Path home) throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        home.toString(),
                        "org.osgi.framework.system.packages.extra",
                        PACKAGES));
        framework.start();
        context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        Path others = Path.of(System.getProperty("bundles"));
        for (String name : List.of("org.osgi.util.function", "org.osgi.util.promise", "org.osgi.service.component")) {
            bundles.add(install(others.resolve(name + ".jar")));
        }
        for (String name : List.of("org.apache.felix.configadmin", "org.apache.felix.scr")) {
            bundles.add(install(others.resolve(name + ".jar")));
        }
        bundles.add(install(Path.of(System.getProperty("bundle"))));
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    private Bundle install(Path jar) throws BundleException {
        return context.installBundle(jar.toUri().toString());
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(0);
        Await.until("end of threads", () -> threads().isEmpty());
    }

    @Test
    void aConfigurationAttachesASinkWhileLogAndFileSystemAreThere() throws Exception {
        ServiceRegistration<FlushSource> log = log();
        Await.until("search", () -> context.getServiceReference("org.seawall.search.VectorSearch") != null);
        ServiceRegistration<FileSystem> storage = storage();
        Configuration configuration = admin().getFactoryConfiguration("org.seawall.viper", "main", "?");
        configuration.update(new Hashtable<>(Map.of("viper.url", "memory:/viper")));
        Await.until("event 1", () -> events.size() == 1);

        // what can be changed live is; what is not valid is refused
        configuration.update(new Hashtable<>(Map.of("viper.url", "memory:/viper", "keptManifests", 2)));
        configuration.update(new Hashtable<>(Map.of("viper.url", "memory:/viper", "keptManifests", 0)));
        configuration.update(new Hashtable<>(Map.of("viper.url", "memory:/other")));
        Await.until("event 3", () -> events.size() == 3);

        storage.unregister();
        assertEquals(4, events.size(), "detached when the file system is gone");
        storage = storage();
        Await.until("event 5", () -> events.size() == 5);
        log.unregister();
        assertEquals(6, events.size(), "detached when the log is gone");
        log();
        Await.until("event 7", () -> events.size() == 7);
        configuration.delete();
        Await.until("event 8", () -> events.size() == 8);
        Await.until("end of threads", () -> threads().isEmpty());
        assertEquals(
                List.of(
                        "attached to main: viper memory:/viper",
                        "detached from main: 1",
                        "attached to main: viper memory:/other",
                        "detached from main: 1",
                        "attached to main: viper memory:/other",
                        "detached from main: 1",
                        "attached to main: viper memory:/other",
                        "detached from main: 1"),
                events);
    }

    @Test
    void parquetFilesAreWrittenAndReadUnderTheirEnding(@TempDir Path directory) throws Exception {
        Await.until("files", () -> context.getServiceReference(EntryFiles.class) != null);
        ServiceReference<EntryFiles> reference = context.getServiceReference(EntryFiles.class);
        assertEquals(".parquet", reference.getProperty(EntryFiles.ENDINGS));
        EntryFiles parquet = context.getService(reference);
        CollectionSpec spec = CollectionSpec.vectors("things", 2, Metric.L2);
        Path file = directory.resolve("things.parquet");
        Entry entry = Entry.vector("a", 1, 2).withMetadata(Map.of("text", "sea"));
        try (EntryOutput output = parquet.create(file, spec)) {
            output.add(new LoggedEntry(1, entry));
            output.finish();
        }
        try (EntryInput input = parquet.open(file, spec)) {
            assertEquals(Optional.of(entry), input.next());
            assertEquals(Optional.empty(), input.next());
        }
    }

    private ServiceRegistration<FlushSource> log() {
        return context.registerService(
                FlushSource.class,
                new RecordingSource("main", files, events),
                new Hashtable<>(Map.of("log.name", "main")));
    }

    private ServiceRegistration<FileSystem> storage() {
        return context.registerService(
                FileSystem.class, files, new Hashtable<>(Map.of(FileSystem.SCHEMES, new String[] {"memory"})));
    }

    private ConfigurationAdmin admin() {
        return context.getService(context.getServiceReference(ConfigurationAdmin.class));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("seawall-viper-"))
                .toList();
    }
}
