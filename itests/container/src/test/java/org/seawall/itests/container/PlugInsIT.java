package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUnavailableException;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.search.VectorSearch;

/** Bundles that a log works with go while it takes writes, and come back. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PlugInsIT {
    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    private Services services;
    private org.osgi.service.cm.Configuration configuration;

    @Configuration
    public Option[] container() {
        return Felix.withOurBundles();
    }

    @Before
    public void openALog() throws Exception {
        configuration = new LogConfigurations(admin).create("it", LogConfigurations.emptyStorage("plug-ins"));
        services = new Services(context, "it");
        services.wal().catalog().create(CollectionSpec.payloads("p"));
    }

    @After
    public void startAllAndDeleteIt() throws Exception {
        for (Bundle bundle : OurBundles.in(context)) {
            bundle.start();
        }
        configuration.delete();
        Await.until("log gone", () -> !services.present(org.seawall.LogMonitor.class));
    }

    @Test
    public void withoutItsFileSystemTheLogWaits() throws Exception {
        goesAndComesBack("org.seawall.filesystem.local", LogState.WAITING, "waits for a file system for file:");
    }

    @Test
    public void withoutItsSerializerTheLogWaits() throws Exception {
        goesAndComesBack("org.seawall.serializer.avro", LogState.WAITING, "waits for a serializer named avro");
    }

    @Test
    public void withoutTheStrategyOfItsCollectionsTheLogWaits() throws Exception {
        goesAndComesBack("org.seawall.strategy.append", LogState.WAITING, "waits for a strategy named append");
    }

    @Test
    public void withoutTheStrategyOfItsCatalogTheCatalogWaits() throws Exception {
        goesAndComesBack(
                "org.seawall.strategy.object",
                LogState.OPEN,
                "catalog takes no changes: waits for a strategy named object");
    }

    @Test
    public void configuredWithAnotherSerializerTheLogGoesOnAndBackAgain() throws Exception {
        Writer writer = writing();
        for (String serializer : List.of("protobuf", "avro")) {
            set("serializer", serializer);
            Await.until("in use", () -> status().serializer().equals(serializer));
            writer.awaitSwing();
        }
        assertWroteWithoutAFailure(writer);
    }

    @Test
    public void withoutItsFileSystemForTooLongAppendsAreRefusedUntilItIsBack() throws Exception {
        set("backendTimeoutMillis", 200L);
        WriteAheadLog wal = services.wal();
        Bundle bundle = bundle("org.seawall.filesystem.local");
        bundle.stop();
        List<Entry> batch = List.of(Entry.payload("waits", new byte[1]));
        // one that waits is told later, one that comes when the time is over at once
        RuntimeException refused = assertThrows(
                RuntimeException.class, () -> wal.append("p", batch).join());
        Throwable why = refused instanceof CompletionException ? refused.getCause() : refused;
        assertEquals(LogUnavailableException.class, why.getClass());
        assertThrows(LogUnavailableException.class, () -> wal.append("p", batch));
        assertThrows(LogUnavailableException.class, () -> wal.roll("p"));
        assertEquals(List.of(), Contents.of(wal, "p"));
        set(Map.of("backendTimeoutMillis", 30_000L, "versions", 2));
        Await.until("taken", () -> wal.settings("p").get("versions").equals("2"));
        bundle.start();
        Await.until("back", () -> status().state() == LogState.OPEN);
        wal.append("p", batch).join();
        assertEquals(1, Contents.of(wal, "p").size());
    }

    /** Of the weakest level, which only promises that it is queued; in the order in which a framework stops bundles. */
    @Test
    public void whatWasAcceptedIsWrittenWhenBundlesStop() throws Exception {
        for (List<String> order : List.of(
                List.of("org.seawall.core", "org.seawall.filesystem.local"),
                List.of("org.seawall.filesystem.local", "org.seawall.core"),
                List.of("org.seawall.serializer.avro", "org.seawall.strategy.append", "org.seawall.core"))) {
            WriteAheadLog wal = services.wal();
            int before = Contents.of(wal, "p").size();
            for (int i = 0; i < 2_000; i++) {
                wal.append("p", List.of(Entry.payload("m" + i, new byte[100])), Acknowledgement.MEMORY)
                        .join();
            }
            for (String name : order) {
                bundle(name).stop();
            }
            assertEquals(List.of(), OurThreads.aliveAfterTheirEnd());
            for (String name : order) {
                bundle(name).start();
            }
            assertEquals(before + 2_000, Contents.of(services.wal(), "p").size());
        }
    }

    @Test
    public void aWriterThatIsHeldGetsAClosedLogWhenItsBundleStops() throws Exception {
        WriteAheadLog wal = services.wal();
        bundle("org.seawall.filesystem.local").stop();
        CompletableFuture<SequenceRange> held = wal.append("p", List.of(Entry.payload("held", new byte[1])));
        assertFalse(held.isDone());
        bundle("org.seawall.core").stop();
        CompletionException closed = assertThrows(CompletionException.class, held::join);
        assertEquals(LogClosedException.class, closed.getCause().getClass());
    }

    @Test
    public void withoutCoreThereIsNoLog() throws Exception {
        Writer writer = writing();
        Bundle core = bundle("org.seawall.core");
        core.stop();
        assertEnded(writer);
        assertFalse(services.present(org.seawall.LogMonitor.class));
        core.start();
        assertHolds(writer.acknowledged());
    }

    @Test
    public void withoutSearchTheLogGoesOn() throws Exception {
        WriteAheadLog wal = services.wal();
        services.await(VectorSearch.class);
        Bundle viper = bundle("org.seawall.viper");
        viper.stop();
        assertFalse(services.present(VectorSearch.class));
        assertEquals(
                1,
                wal.append("p", List.of(Entry.payload("a", new byte[1]))).join().first());
        viper.start();
        services.await(VectorSearch.class);
    }

    /** Appends wait meanwhile, and reads go on. */
    private void goesAndComesBack(String plugIn, LogState away, String detail) throws Exception {
        Writer writer = writing();
        WriteAheadLog wal = services.wal();
        Bundle bundle = bundle(plugIn);
        bundle.stop();
        assertEquals(0, usesOf(bundle));
        LogStatus status = status();
        assertEquals(away, status.state());
        assertTrue(status.detail(), status.detail().startsWith(detail));
        assertTrue(Contents.of(wal, "p").size() > 50);
        bundle.start();
        Await.until(
                "back",
                () -> status().state() == LogState.OPEN && status().detail().isEmpty());
        writer.awaitSwing();
        assertSame(wal, services.wal());
        assertWroteWithoutAFailure(writer);
    }

    private static int usesOf(Bundle bundle) {
        return bundle.getRegisteredServices() == null ? 0 : bundle.getRegisteredServices().length;
    }

    private LogStatus status() {
        try {
            return services.status();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void set(String attribute, Object value) throws java.io.IOException {
        set(Map.of(attribute, value));
    }

    private void set(Map<String, Object> attributes) throws java.io.IOException {
        Dictionary<String, Object> properties = configuration.getProperties();
        attributes.forEach(properties::put);
        configuration.update(properties);
    }

    private Writer writing() throws InterruptedException {
        services.await(VectorSearch.class);
        Writer writer = new Writer(services.wal(), "p");
        writer.start();
        writer.awaitSwing();
        return writer;
    }

    /** Now, and after a restart of the log. */
    private void assertWroteWithoutAFailure(Writer writer) throws Exception {
        writer.end();
        assertEquals(Optional.empty(), writer.failure());
        List<String> ids =
                Contents.of(services.wal(), "p").stream().map(Entry::id).toList();
        Bundle core = bundle("org.seawall.core");
        core.stop();
        core.start();
        assertEquals(ids, ids(Contents.of(services.wal(), "p")));
        assertEquals(ids.size(), ids.stream().distinct().count());
        assertHolds(writer.acknowledged());
    }

    /** Nothing of the log is left when the bundle's stop returns, and nobody waits for an answer. */
    private void assertEnded(Writer writer) throws InterruptedException {
        assertFalse(services.present(WriteAheadLog.class));
        assertFalse(services.present(VectorSearch.class));
        assertEquals(LogClosedException.class, writer.awaitEnd().getClass());
        assertTrue(writer.allSettled());
    }

    private void assertHolds(Map<Long, List<Entry>> acknowledged) throws InterruptedException {
        WriteAheadLog wal = services.wal();
        List<Entry> contents = Contents.of(wal, "p");
        assertTrue(acknowledged.size() >= 50);
        acknowledged.forEach((first, batch) -> {
            int from = (int) (first - 1);
            assertEquals(ids(batch), ids(contents.subList(from, from + batch.size())));
        });
        long next = wal.append("p", List.of(Entry.payload("after", new byte[1])))
                .join()
                .first();
        assertEquals(contents.size() + 1, next);
        services.await(VectorSearch.class);
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }

    private Bundle bundle(String name) {
        return OurBundles.named(name, context);
    }
}
