package org.seawall.viper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.VectorSearch;
import org.seawall.spi.flush.FlushSource;
import org.seawall.viper.sink.Stores;

class SearchComponentTest {
    @TempDir
    Path directory;

    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", directory.toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void aSearchIsThereWhileItsSourceIs() throws Exception {
        SearchComponent component = new SearchComponent(context);
        ServiceRegistration<FlushSource> first = source("a");
        ServiceRegistration<FlushSource> second = source("b");
        component.addSource(first.getReference(), context.getService(first.getReference()));
        component.addSource(second.getReference(), context.getService(second.getReference()));
        assertEquals(List.of("a", "b"), searches());
        VectorSearch search = context.getService(context.getServiceReference(VectorSearch.class));
        assertNotNull(search.search("c", List.of(new float[] {1}), 1));

        first.setProperties(new Hashtable<>(Map.of("log.name", "renamed")));
        component.updateSource(first.getReference());
        assertEquals(List.of("b", "renamed"), searches());

        component.removeSource(first.getReference());
        assertEquals(List.of("b"), searches());
        component.removeSource(second.getReference());
        assertEquals(List.of(), searches());
    }

    @Test
    void aSearchKnowsTheStoresOfItsLogWhileThereAreSome() throws Exception {
        SearchComponent component = new SearchComponent(context);
        ServiceRegistration<FlushSource> source = source("a");
        component.addSource(source.getReference(), context.getService(source.getReference()));
        Stores known = component.stores(source.getReference());
        UUID asked = new UUID(1, 2);
        List<UUID> seen = new ArrayList<>();
        Stores stores = collection -> {
            seen.add(collection);
            return Optional.empty();
        };
        known.view(asked);
        component.addStores(stores, Map.of("log.name", "b"));
        known.view(asked);
        assertEquals(List.of(), seen);
        component.addStores(stores, Map.of("log.name", "a"));
        known.view(asked);
        assertEquals(List.of(asked), seen);
        component.removeStores(stores, Map.of("log.name", "a"));
        known.view(asked);
        assertEquals(List.of(asked), seen);
    }

    private ServiceRegistration<FlushSource> source(String log) {
        FlushSource source = new MemorySource(CollectionSpec.vectors("c", 1, Metric.L2), List.of());
        return context.registerService(FlushSource.class, source, new Hashtable<>(Map.of("log.name", log)));
    }

    private List<String> searches() throws Exception {
        ServiceReference<?>[] found = context.getServiceReferences(VectorSearch.class.getName(), null);
        return found == null
                ? List.of()
                : Arrays.stream(found)
                        .map(reference -> (String) reference.getProperty("log.name"))
                        .sorted()
                        .toList();
    }
}
