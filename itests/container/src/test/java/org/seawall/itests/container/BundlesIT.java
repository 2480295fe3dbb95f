package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;

/** What our bundles show to others, and what they leave behind. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BundlesIT {
    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    @Inject
    private MetaTypeService metatype;

    @Configuration
    public Option[] container() {
        return Felix.withOurBundles();
    }

    @Test
    public void onlyTheContractsAreExported() {
        Map<String, Set<String>> exports = new TreeMap<>();
        for (Bundle bundle : ours()) {
            Set<String> packages =
                    bundle
                            .adapt(BundleRevision.class)
                            .getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                            .stream()
                            .map(export -> (String) export.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                            .collect(Collectors.toCollection(TreeSet::new));
            if (!packages.isEmpty()) {
                exports.put(bundle.getSymbolicName(), packages);
            }
        }
        assertEquals(
                Map.of(
                        "org.seawall.api",
                        Set.of(
                                "org.seawall",
                                "org.seawall.catalog",
                                "org.seawall.files",
                                "org.seawall.inspection",
                                "org.seawall.search"),
                        "org.seawall.spi",
                        Set.of(
                                "org.seawall.spi.filesystem",
                                "org.seawall.spi.flush",
                                "org.seawall.spi.serializer",
                                "org.seawall.spi.strategy")),
                exports);
    }

    @Test
    public void everyBundleOfOursIsActive() {
        assertEquals(10, ours().size());
        for (Bundle bundle : ours()) {
            assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
        }
    }

    @Test
    public void aLogCanBeSetWithItsMetatype() {
        described("org.seawall.core", "org.seawall.log", true)
                .assertComplete(
                        Set.of(),
                        new Range("segmentBytes", 65_536, 1 << 30),
                        new Range("segmentMillis", 0, Long.MAX_VALUE),
                        new Range("groupBytes", 1024, 62_914_560),
                        new Range("commitsInFlight", 1, 16),
                        new Range("commitMillis", 0, 60_000),
                        new Range("maxEntryBytes", 1024, 62_914_560),
                        new Range("maxBatchBytes", 1024, 62_914_560),
                        new Range("maxBatchEntries", 1, 1 << 20),
                        new Range("inFlightBytes", 1024, Long.MAX_VALUE),
                        new Range("memoryBytes", 0, Long.MAX_VALUE),
                        new Range("syncMillis", 1, 3_600_000),
                        new Range("inFlightSoftBytes", 0, Long.MAX_VALUE),
                        new Range("memorySoftBytes", 0, Long.MAX_VALUE),
                        new Range("backpressureMillis", 0, 3_600_000),
                        new Range("backendTimeoutMillis", 1, 3_600_000),
                        new Range("compactSegments", 0, 1_000_000),
                        new Range("compactBytes", 0, 1 << 30),
                        new Range("cleanPercent", 0, 100),
                        new Range("cleanBytes", 0, Long.MAX_VALUE),
                        new Range("versions", 1, 1_000_000),
                        new Range("archiveMillis", 0, Long.MAX_VALUE),
                        new Range("snapshotBytes", 0, Long.MAX_VALUE),
                        new Range("snapshotMillis", 0, Long.MAX_VALUE),
                        new Range("flushBytes", 0, Long.MAX_VALUE),
                        new Range("flushEntries", 0, Long.MAX_VALUE),
                        new Range("flushMillis", 0, Long.MAX_VALUE),
                        new Range("flushThreads", 1, 256),
                        new Range("recoveryThreads", 0, 256),
                        new Range("recoveryReads", 0, 256),
                        new Range("recoveryReadBytes", 0, Long.MAX_VALUE),
                        new Range("recoveryStallMillis", 0, Long.MAX_VALUE),
                        new Range("catalogSnapshotChanges", 1, Integer.MAX_VALUE),
                        new Range("archives", 0, Integer.MAX_VALUE),
                        new Range("commitThreads", 1, 256));
    }

    @Test
    public void theStoreOfALogCanBeSetWithItsMetatype() {
        described("org.seawall.viper", "org.seawall.viper", true)
                .assertComplete(
                        Set.of("viper.url"),
                        new Range("cacheBytes", 0, Long.MAX_VALUE),
                        new Range("keptManifests", 1, 1_000_000),
                        new Range("compactParts", 2, 1_000_000),
                        new Range("maxPartBytes", 1 << 20, Long.MAX_VALUE),
                        new Range("deadPercent", 0, 100));
    }

    @Test
    public void theLocalFileSystemCanBeSetWithItsMetatype() {
        described("org.seawall.filesystem.local", "org.seawall.filesystem.local", true)
                .assertComplete(Set.of(), new Range("reserveBytes", 0, 1 << 30));
    }

    @Test
    public void theAvroSerializerCanBeSetWithItsMetatype() {
        described("org.seawall.serializer.avro", "org.seawall.serializer.avro", false)
                .assertComplete(Set.of(), new Range("maxBatchBytes", 1024, 1 << 30));
    }

    @Test
    public void theProtobufSerializerCanBeSetWithItsMetatype() {
        described("org.seawall.serializer.protobuf", "org.seawall.serializer.protobuf", false)
                .assertComplete(Set.of(), new Range("maxBatchBytes", 1024, 1 << 30));
    }

    @Test
    public void theObjectStrategyCanBeSetWithItsMetatype() {
        described("org.seawall.strategy.object", "org.seawall.strategy.object", false)
                .assertComplete(Set.of(), new Range("threads", 1, 1024));
    }

    @Test
    public void stoppedBundlesLeaveNothingBehind() throws Exception {
        Services services = new Services(context, "left");
        new LogConfigurations(admin).create("left", LogConfigurations.emptyStorage("left"));
        services.wal().catalog().create(CollectionSpec.payloads("p"));
        services.wal().append("p", List.of(Entry.payload("a", new byte[1]))).join();
        assertFalse(OurThreads.alive().isEmpty());

        List<Bundle> bundles = ours();
        for (Bundle bundle : bundles) {
            bundle.stop();
        }
        assertEquals(List.of(), OurThreads.aliveAfterTheirEnd());
        for (Bundle bundle : bundles) {
            assertNull(bundle.getSymbolicName(), bundle.getRegisteredServices());
            assertNull(bundle.getSymbolicName(), bundle.getServicesInUse());
        }

        startAll();
        assertEquals("a", Contents.of(services.wal(), "p").get(0).id());
        admin.getFactoryConfiguration("org.seawall.log", "left", "?").delete();
        Await.until("log gone", () -> OurThreads.alive().isEmpty());
    }

    @After
    public void startAll() throws BundleException {
        for (Bundle bundle : ours()) {
            bundle.start();
        }
    }

    private List<Bundle> ours() {
        return OurBundles.in(context);
    }

    private Described described(String bundle, String pid, boolean factory) {
        var information = metatype.getMetaTypeInformation(OurBundles.named(bundle, context));
        assertEquals(List.of(pid), List.of(factory ? information.getFactoryPids() : information.getPids()));
        return new Described(information.getObjectClassDefinition(pid, null));
    }

    /** The values that a number may have; the greatest ones of its type are no bound. */
    private record Range(String id, long least, long greatest) {
        void assertOf(AttributeDefinition attribute) {
            assertEquals(id, "", attribute.validate(attribute.getDefaultValue()[0]));
            assertEquals(id, "", attribute.validate(Long.toString(least)));
            assertNotEquals(id, "", attribute.validate(Long.toString(least - 1)));
            if (greatest < Integer.MAX_VALUE) {
                assertEquals(id, "", attribute.validate(Long.toString(greatest)));
                assertNotEquals(id, "", attribute.validate(Long.toString(greatest + 1)));
            }
        }
    }

    /** What a console shows of a configuration. */
    private record Described(ObjectClassDefinition definition) {

        /** Holds that all has words, that all but what is required has a default, and the range of every number. */
        void assertComplete(Set<String> required, Range... ranges) {
            assertWords(definition.getID(), definition.getName(), definition.getDescription());
            Map<String, AttributeDefinition> numbers = new TreeMap<>();
            Set<String> withoutDefault = new TreeSet<>();
            for (AttributeDefinition attribute : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
                assertWords(attribute.getID(), attribute.getName(), attribute.getDescription());
                if (attribute.getDefaultValue() == null) {
                    withoutDefault.add(attribute.getID());
                }
                if (attribute.getType() != AttributeDefinition.STRING) {
                    numbers.put(attribute.getID(), attribute);
                }
            }
            assertEquals(required, withoutDefault);
            assertEquals(
                    Arrays.stream(ranges).map(Range::id).collect(Collectors.toCollection(TreeSet::new)),
                    numbers.keySet());
            for (Range range : ranges) {
                range.assertOf(numbers.get(range.id()));
            }
        }

        private static void assertWords(String id, String name, String description) {
            assertTrue(id, name != null && !name.isBlank());
            assertTrue(id, description != null && description.length() > 20);
        }
    }
}
