package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
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
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.Entry;
import org.seawall.LogMonitor;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;

/** A log's life, which is the same in every container: configured, written, its bundles changed, reconfigured, deleted. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LifeIT {
    private static final String LOG = "life";

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    private final List<String> written = new ArrayList<>();
    private org.osgi.service.cm.Configuration configuration;
    private Services services;

    @Configuration
    public Option[] container() {
        return Container.withOurBundles();
    }

    @Before
    public void openALog() throws Exception {
        configuration = new LogConfigurations(admin).create(LOG, LogConfigurations.emptyStorage(LOG));
        services = new Services(context, LOG);
        services.wal().catalog().create(CollectionSpec.payloads("p"));
    }

    @After
    public void deleteIt() throws Exception {
        configuration.delete();
        Await.until("log gone", () -> !services.present(LogMonitor.class));
    }

    @Test
    public void everyBundleIsActiveAndLogsThroughTheContainer() {
        for (Bundle bundle : OurBundles.in(context)) {
            assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
            assertNull(bundle.getSymbolicName(), bundle.findEntries("/", "*slf4j*", true));
            for (BundleWire wire :
                    bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
                if ("org.slf4j".equals(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))) {
                    assertEquals(
                            "org.ops4j.pax.logging.pax-logging-api",
                            wire.getProvider().getSymbolicName());
                }
            }
        }
    }

    @Test
    public void everyBundleStopsAndStartsAndTheLogGoesOn() throws Exception {
        append();
        for (Bundle bundle : OurBundles.in(context)) {
            bundle.stop();
            bundle.start();
            append();
        }
        assertHoldsWhatWasWritten();
    }

    @Test
    public void aBundleIsUninstalledAndInstalledAnew() throws Exception {
        append();
        Bundle serializer = OurBundles.named("org.seawall.serializer.avro", context);
        String location = serializer.getLocation();
        serializer.uninstall();
        context.installBundle(location).start();
        append();
        assertHoldsWhatWasWritten();
    }

    @Test
    public void aChangedConfigurationTakesEffect() throws Exception {
        for (String serializer : List.of("protobuf", "avro")) {
            append();
            change(Map.of("serializer", serializer, "maxBatchEntries", 10));
            Await.until(serializer, () -> serializer.equals(serializerInUse()));
        }
        append();
        assertHoldsWhatWasWritten();
    }

    @Test
    public void aDeletedConfigurationTakesItsLogAlongAndLeavesTheFiles() throws Exception {
        append();
        configuration.delete();
        Await.until("log gone", () -> !services.present(LogMonitor.class));
        assertFalse(services.present(WriteAheadLog.class));

        configuration = new LogConfigurations(admin).create(LOG, LogConfigurations.storage(LOG));
        append();
        assertHoldsWhatWasWritten();
    }

    private void append() throws InterruptedException {
        String id = "e" + written.size();
        services.wal().append("p", List.of(Entry.payload(id, new byte[] {1}))).join();
        written.add(id);
    }

    private void assertHoldsWhatWasWritten() throws InterruptedException {
        assertTrue(written.size() > 1);
        assertEquals(
                written,
                Contents.of(services.wal(), "p").stream().map(Entry::id).toList());
    }

    private void change(Map<String, Object> values) throws Exception {
        Dictionary<String, Object> properties = configuration.getProperties();
        values.forEach(properties::put);
        configuration.update(properties);
    }

    private String serializerInUse() {
        return services.reference(WriteAheadLog.class)
                .map(context::getService)
                .map(log -> ((WriteAheadLog) log).status().serializer())
                .orElse("");
    }
}
