package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
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
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogState;
import org.seawall.LogStatus;
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
        goesAndComesBack("org.seawall.filesystem.local", "waits for a file system for file: to reach file:");
    }

    @Test
    public void withoutItsSerializerTheLogWaits() throws Exception {
        goesAndComesBack("org.seawall.serializer.avro", "waits for a serializer named avro");
    }

    @Test
    public void configuredWithAnotherSerializerTheLogGoesOnAndBackAgain() throws Exception {
        for (String serializer : List.of("protobuf", "avro")) {
            Writer writer = writing();
            Dictionary<String, Object> properties = configuration.getProperties();
            properties.put("serializer", serializer);
            configuration.update(properties);
            assertEquals(LogClosedException.class, writer.awaitEnd().getClass());
            assertHolds(writer.acknowledged());
            assertEquals(serializer, services.status().serializer());
        }
    }

    @Test
    public void withoutTheStrategyOfItsCollectionsTheLogWaits() throws Exception {
        goesAndComesBack("org.seawall.strategy.append", "waits for a strategy named append");
    }

    @Test
    public void withoutTheStrategyOfItsCatalogTheLogWaits() throws Exception {
        goesAndComesBack("org.seawall.strategy.object", "waits for a strategy named object");
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

    private void goesAndComesBack(String plugIn, String detail) throws Exception {
        Writer writer = writing();
        Bundle bundle = bundle(plugIn);
        bundle.stop();
        assertEnded(writer);
        LogStatus status = services.status();
        assertEquals(LogState.WAITING, status.state());
        assertTrue(status.detail(), status.detail().startsWith(detail));
        bundle.start();
        assertHolds(writer.acknowledged());
        assertEquals(LogState.OPEN, services.status().state());
    }

    private Writer writing() throws InterruptedException {
        services.await(VectorSearch.class);
        Writer writer = new Writer(services.wal(), "p");
        writer.start();
        writer.awaitSwing();
        return writer;
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
