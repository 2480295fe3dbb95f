package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.ProvidesFileSystem;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.ProvidesSerializer;
import org.seawall.spi.strategy.ProvidesStrategy;
import org.seawall.spi.strategy.WriteStrategy;

/** What a plug-in declares in its manifest and in its service's properties is what the service says of itself. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CapabilitiesIT {
    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return Felix.withOurBundles();
    }

    @Test
    public void theFileSystemIsWhatItDeclares() throws Exception {
        Set<String> declared = declared(
                ProvidesFileSystem.NAMESPACE,
                attributes -> sorted(attributes.get("schemes")) + ": " + sorted(attributes.get("capabilities")));
        assertEquals(Set.of("org.seawall.filesystem.local: [file]: " + names(local().capabilities())), declared);
        assertEquals(
                declared,
                registered(
                        FileSystem.class,
                        (reference, files) -> sorted(reference.getProperty(FileSystem.SCHEMES)) + ": "
                                + sorted(reference.getProperty(FileSystem.CAPABILITIES))));
    }

    @Test
    public void theStrategiesAreWhatTheyDeclare() throws Exception {
        Set<String> declared = declared(
                ProvidesStrategy.NAMESPACE,
                attributes -> attributes.get("strategy") + ": " + sorted(attributes.get("requires")));
        assertEquals(3, declared.size());
        assertEquals(
                declared,
                registered(
                        WriteStrategy.class,
                        (reference, strategy) -> strategy.name() + ": " + names(strategy.requires())));
        assertEquals(
                declared,
                registered(
                        WriteStrategy.class,
                        (reference, strategy) -> reference.getProperty(WriteStrategy.NAME) + ": "
                                + sorted(reference.getProperty(WriteStrategy.REQUIRES))));
    }

    @Test
    public void theSerializersAreWhatTheyDeclare() throws Exception {
        Set<String> declared = declared(ProvidesSerializer.NAMESPACE, attributes -> (String) attributes.get("format"));
        assertEquals(
                Set.of("org.seawall.serializer.avro: avro", "org.seawall.serializer.protobuf: protobuf"), declared);
        assertEquals(declared, registered(BatchSerializer.class, (reference, serializer) -> serializer.format()));
        assertEquals(declared, registered(BatchSerializer.class, (reference, serializer) ->
                (String) reference.getProperty(BatchSerializer.FORMAT)));
    }

    private interface Saying<S> {
        String of(ServiceReference<S> reference, S service);
    }

    private FileSystem local() {
        return context.getService(context.getServiceReference(FileSystem.class));
    }

    /** What bundles of ours declare, each with its bundle. */
    private Set<String> declared(String namespace, Function<Map<String, Object>, String> words) {
        Set<String> declared = new TreeSet<>();
        for (Bundle bundle : OurBundles.in(context)) {
            bundle.adapt(BundleRevision.class)
                    .getDeclaredCapabilities(namespace)
                    .forEach(capability ->
                            declared.add(bundle.getSymbolicName() + ": " + words.apply(capability.getAttributes())));
        }
        return declared;
    }

    private <S> Set<String> registered(Class<S> type, Saying<S> words) throws Exception {
        Set<String> registered = new TreeSet<>();
        for (ServiceReference<S> reference : context.getServiceReferences(type, null)) {
            registered.add(reference.getBundle().getSymbolicName() + ": "
                    + words.of(reference, context.getService(reference)));
        }
        return registered;
    }

    private static String names(Set<Capability> capabilities) {
        return capabilities.stream()
                .map(Capability::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static String sorted(Object several) {
        List<Object> all = new ArrayList<>();
        if (several instanceof Object[] array) {
            all.addAll(List.of(array));
        } else {
            all.addAll((List<?>) several);
        }
        return new TreeSet<>(all).toString();
    }
}
