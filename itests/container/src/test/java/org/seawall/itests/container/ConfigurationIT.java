package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.Entry;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.SerializationException;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.search.VectorSearch;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.flush.FlushSource;

/** Configurations of logs are created, changed and deleted while the container runs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConfigurationIT {
    private static final List<Class<?>> ALL_SERVICES =
            List.of(WriteAheadLog.class, LogMonitor.class, FlushSource.class, VectorSearch.class);

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    @Configuration
    public Option[] container() {
        return Felix.withOurBundles();
    }

    @After
    public void deleteAll() throws Exception {
        org.osgi.service.cm.Configuration[] all = admin.listConfigurations("(service.factoryPid=org.seawall.log)");
        if (all != null) {
            for (org.osgi.service.cm.Configuration one : all) {
                one.delete();
            }
        }
        Await.until(
                "logs gone",
                () -> OurThreads.alive().stream().allMatch(thread -> thread.startsWith("seawall-filesystem-")));
    }

    @Test
    public void aValueOutOfItsRangeIsRefusedAndTheOneBeforeStaysInForce() throws Exception {
        Path storage = LogConfigurations.emptyStorage("mended");
        Services services = open("mended", storage);
        WriteAheadLog wal = services.wal();
        append(wal, "a");

        for (Object bad : List.of(0, "many")) {
            set("mended", storage, Map.of("commitThreads", bad, "maxBatchEntries", 1));
            Await.until("refused", () -> detail(services, LogState.OPEN).startsWith("configuration refused, the one "));
            wal.append("p", List.of(Entry.payload("b", new byte[1]), Entry.payload("b", new byte[1])))
                    .join();
            assertTrue(serves(services, wal));
            set("mended", storage, Map.of("commitThreads", 1));
            Await.until("taken", () -> detail(services, LogState.OPEN).isEmpty());
        }
        assertEquals(List.of("a", "b", "b", "b", "b"), ids(wal));
    }

    @Test
    public void aNameThatNoPlugInHasIsWaitedForAndTheLogGoesOnAsItWas() throws Exception {
        Path storage = LogConfigurations.emptyStorage("misnamed");
        Services services = open("misnamed", storage);
        WriteAheadLog wal = services.wal();
        append(wal, "a");

        set("misnamed", storage, Map.of("serializer", "parchment"));
        Await.until(
                "waits for it", () -> detail(services, LogState.OPEN).equals("waits for a serializer named parchment"));
        append(wal, "b");
        assertEquals("avro", services.status().serializer());

        set("misnamed", storage, Map.of("serializer", "protobuf"));
        Await.until("in use", () -> status(services).serializer().equals("protobuf"));
        append(wal, "c");
        assertTrue(serves(services, wal));
        assertEquals(List.of("a", "b", "c"), ids(wal));
    }

    @Test
    public void aStrategyThatDoesNotFitTheFileSystemIsRefusedWithBothBundles() throws Exception {
        Path storage = LogConfigurations.emptyStorage("limited");
        Services services = open("limited", storage);
        WriteAheadLog wal = services.wal();
        append(wal, "a");
        Set<Capability> little = EnumSet.of(Capability.STRONG_LIST, Capability.RANGE_READ);
        FileSystem limited = (FileSystem) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FileSystem.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("capabilities")) {
                        return little;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
        set("limited", storage, Map.of("strategy", "append"));
        ServiceRegistration<FileSystem> better = context.registerService(
                FileSystem.class,
                limited,
                new Hashtable<>(Map.of(FileSystem.SCHEMES, "file", Constants.SERVICE_RANKING, 9)));
        Await.until("refused", () -> detail(services, LogState.OPEN).contains("strategy=append of"));
        String detail = detail(services, LogState.OPEN);
        assertTrue(
                detail,
                detail.contains("missing=[APPEND, FORCE, CREATE_EXCLUSIVE, ATOMIC_RENAME, LOCK], strategy=append of"));
        assertTrue(detail, detail.contains("of bundle org.seawall.strategy.append 1.0.0"));
        append(wal, "b");
        better.unregister();
        Await.until("goes on", () -> detail(services, LogState.OPEN).isEmpty());
        append(wal, "c");
        assertEquals(List.of("a", "b", "c"), ids(wal));
    }

    @Test
    public void aChangedLimitHoldsForTheLogThatIsOpen() throws Exception {
        Path storage = LogConfigurations.emptyStorage("limit");
        Services services = open("limit", storage);
        WriteAheadLog wal = services.wal();
        append(wal, "a");
        set("limit", storage, Map.of("maxBatchEntries", 1, "memoryBytes", 1L << 30));
        Await.until("holds", () -> status(services).usage().memoryLimitBytes() == 1L << 30);
        List<Entry> two = List.of(Entry.payload("b", new byte[1]), Entry.payload("c", new byte[1]));
        SerializationException refused = assertThrows(SerializationException.class, () -> wal.append("p", two));
        assertTrue(refused.getMessage(), refused.getMessage().contains("entries=2, limit=1"));
        append(wal, "b");
        assertTrue(serves(services, wal));
        assertEquals(List.of("a", "b"), ids(wal));
    }

    @Test
    public void oneStorageHasOneLogAtATime() throws Exception {
        Path storage = LogConfigurations.emptyStorage("shared");
        Services first = open("first", storage);
        append(first.wal(), "a");

        new LogConfigurations(admin).create("second", storage);
        Services second = new Services(context, "second");
        Await.until("refused", () -> !detail(second, LogState.FAILED).isEmpty());
        String detail = detail(second, LogState.FAILED);
        assertTrue(detail, detail.contains("pid " + ProcessHandle.current().pid() + ", log first, since 2"));
        assertFalse(second.present(WriteAheadLog.class));
        append(first.wal(), "b");

        admin.getFactoryConfiguration("org.seawall.log", "first", "?").delete();
        for (Class<?> service : ALL_SERVICES) {
            Await.until("no " + service, () -> !first.present(service));
        }
        assertEquals(List.of("a", "b"), ids(second.wal()));
        append(second.wal(), "c");
    }

    @Test
    public void twoLogsOnTwoStoragesKnowNothingOfEachOther() throws Exception {
        Services one = open("one", LogConfigurations.emptyStorage("one"));
        Services two = open("two", LogConfigurations.emptyStorage("two"));
        append(one.wal(), "a");
        append(two.wal(), "b");
        admin.getFactoryConfiguration("org.seawall.log", "one", "?").delete();
        Await.until("one gone", () -> !one.present(LogMonitor.class));
        append(two.wal(), "c");
        assertEquals(List.of("b", "c"), ids(two.wal()));
    }

    @Test
    public void theCatalogMovesWhileTheLogIsOpen() throws Exception {
        Path storage = LogConfigurations.emptyStorage("moved");
        Path elsewhere = LogConfigurations.emptyStorage("moved-catalog");
        Services services = open("moved", storage);
        WriteAheadLog wal = services.wal();
        append(wal, "a");

        set("moved", storage, Map.of("catalog.url", elsewhere.toUri().toString()));
        Await.until("moved", () -> catalogUrl(services).equals("file:" + elsewhere));
        append(wal, "b");
        wal.catalog().create(CollectionSpec.payloads("q"));
        assertTrue(serves(services, wal));
        assertEquals("", detail(services, LogState.OPEN));
        Await.until("released", () -> !Files.exists(storage.resolve("catalog/incremental")));

        set("moved", storage, Map.of());
        Await.until("back", () -> catalogUrl(services).equals("file:" + storage.resolve("catalog")));
        append(wal, "c");
        assertTrue(serves(services, wal));
        assertEquals(2, wal.catalog().list().size());
        assertEquals(List.of("a", "b", "c"), ids(wal));
    }

    @Test
    public void aPlaceThatIsConfiguredWhileTheBundleIsStoppedIsMovedTo() throws Exception {
        Path storage = LogConfigurations.emptyStorage("stopped");
        Path elsewhere = LogConfigurations.emptyStorage("stopped-catalog");
        Services services = open("stopped", storage);
        append(services.wal(), "a");

        Bundle core = OurBundles.named("org.seawall.core", context);
        core.stop();
        set("stopped", storage, Map.of("catalog.url", elsewhere.toUri().toString()));
        core.start();
        assertEquals(List.of("a"), ids(services.wal()));
        assertEquals("file:" + elsewhere, catalogUrl(services));
        append(services.wal(), "b");
        assertEquals(List.of("a", "b"), ids(services.wal()));
    }

    @Test
    public void aLogThatIsDeletedAndMadeAnewElsewhereIsEmpty() throws Exception {
        append(open("anew", LogConfigurations.emptyStorage("anew")).wal(), "a");
        admin.getFactoryConfiguration("org.seawall.log", "anew", "?").delete();
        Services services = new Services(context, "anew");
        Await.until("gone", () -> !services.present(LogMonitor.class));
        new LogConfigurations(admin).create("anew", LogConfigurations.emptyStorage("anew-elsewhere"));
        assertEquals(List.of(), services.wal().catalog().list());
    }

    private static String catalogUrl(Services services) {
        return services.reference(LogMonitor.class)
                .map(monitor -> (String) monitor.getProperty(LogMonitor.CATALOG_URL))
                .orElse("");
    }

    private Services open(String name, Path storage) throws Exception {
        new LogConfigurations(admin).create(name, storage);
        Services services = new Services(context, name);
        services.wal().catalog().create(CollectionSpec.payloads("p"));
        for (Class<?> service : ALL_SERVICES) {
            services.await(service);
        }
        return services;
    }

    private void set(String name, Path storage, Map<String, Object> more) throws Exception {
        Map<String, Object> properties = new java.util.HashMap<>(more);
        properties.put("wal.url", storage.toUri().toString());
        new LogConfigurations(admin).set(name, properties);
    }

    /** What a log says of its state, or nothing if it is in another one. */
    private String detail(Services services, LogState state) {
        return services.reference(LogMonitor.class)
                .map(context::getService)
                .map(monitor -> ((LogMonitor) monitor).status())
                .filter(status -> status.state() == state)
                .map(LogStatus::detail)
                .orElse("");
    }

    private static LogStatus status(Services services) {
        try {
            return services.status();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean serves(Services services, WriteAheadLog log) {
        return services.reference(WriteAheadLog.class)
                .map(context::getService)
                .filter(log::equals)
                .isPresent();
    }

    private static void append(WriteAheadLog wal, String id) {
        wal.append("p", List.of(Entry.payload(id, new byte[] {1}))).join();
    }

    private static List<String> ids(WriteAheadLog wal) {
        return Contents.of(wal, "p").stream().map(Entry::id).toList();
    }
}
