package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
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
                        Set.of("org.seawall", "org.seawall.catalog", "org.seawall.search"),
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
        assertEquals(9, ours().size());
        for (Bundle bundle : ours()) {
            assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
        }
    }

    @Test
    public void aLogCanBeSetWithItsMetatype() {
        Described log = described("org.seawall.core", "org.seawall.log", true);
        log.assertRange("segmentBytes", "65536", "1073741824");
        log.assertRange("segmentMillis", "0", null);
        log.assertRange("groupBytes", "1024", "62914560");
        log.assertRange("maxEntryBytes", "1024", "62914560");
        log.assertRange("maxBatchBytes", "1024", "62914560");
        log.assertRange("maxBatchEntries", "1", "1048576");
        log.assertRange("inFlightBytes", "1024", null);
        log.assertRange("memoryBytes", "0", null);
        log.assertRange("snapshotBytes", "0", null);
        log.assertRange("catalogSnapshotChanges", "1", null);
        log.assertRange("archives", "0", null);
        log.assertRange("commitThreads", "1", "256");
        log.assertComplete(Set.of("wal.url"));
    }

    @Test
    public void theLocalFileSystemCanBeSetWithItsMetatype() {
        Described local = described("org.seawall.filesystem.local", "org.seawall.filesystem.local", true);
        local.assertRange("reserveBytes", "0", "1073741824");
        local.assertComplete(Set.of());
    }

    @Test
    public void theAvroSerializerCanBeSetWithItsMetatype() {
        Described avro = described("org.seawall.serializer.avro", "org.seawall.serializer.avro", false);
        avro.assertRange("maxBatchBytes", "1024", "1073741824");
        avro.assertComplete(Set.of());
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

        for (Bundle bundle : bundles) {
            bundle.start();
        }
        assertEquals("a", Contents.of(services.wal(), "p").get(0).id());
        admin.getFactoryConfiguration("org.seawall.log", "left", "?").delete();
        Await.until("log gone", () -> OurThreads.alive().isEmpty());
    }

    private List<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.seawall."))
                .sorted(Comparator.comparing(Bundle::getSymbolicName))
                .toList();
    }

    private Described described(String bundle, String pid, boolean factory) {
        Bundle owner = ours().stream()
                .filter(one -> one.getSymbolicName().equals(bundle))
                .findFirst()
                .orElseThrow();
        var information = metatype.getMetaTypeInformation(owner);
        assertEquals(List.of(pid), List.of(factory ? information.getFactoryPids() : information.getPids()));
        return new Described(information.getObjectClassDefinition(pid, null));
    }

    /** What a console shows of a configuration. */
    private record Described(ObjectClassDefinition definition) {
        void assertComplete(Set<String> required) {
            assertWords(definition.getID(), definition.getName(), definition.getDescription());
            Set<String> withoutDefault = new TreeSet<>();
            for (AttributeDefinition attribute : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
                assertWords(attribute.getID(), attribute.getName(), attribute.getDescription());
                if (attribute.getDefaultValue() == null) {
                    withoutDefault.add(attribute.getID());
                }
            }
            assertEquals(required, withoutDefault);
        }

        /** Holds both bounds, and the default to them. */
        void assertRange(String id, String least, String greatest) {
            AttributeDefinition attribute = attribute(id);
            assertEquals("", attribute.validate(least));
            assertEquals("", attribute.validate(attribute.getDefaultValue()[0]));
            assertFalse(attribute
                    .validate(String.valueOf(Long.parseLong(least) - 1))
                    .isEmpty());
            if (greatest != null) {
                assertEquals("", attribute.validate(greatest));
                assertFalse(attribute
                        .validate(String.valueOf(Long.parseLong(greatest) + 1))
                        .isEmpty());
            }
        }

        private AttributeDefinition attribute(String id) {
            AttributeDefinition found = Arrays.stream(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                    .filter(attribute -> attribute.getID().equals(id))
                    .findFirst()
                    .orElse(null);
            assertNotNull(id, found);
            return found;
        }

        private static void assertWords(String id, String name, String description) {
            assertTrue(id, name != null && !name.isBlank());
            assertTrue(id, description != null && description.length() > 20);
        }
    }
}
