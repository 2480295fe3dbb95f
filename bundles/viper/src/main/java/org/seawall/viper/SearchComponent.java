package org.seawall.viper;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.seawall.WriteAheadLog;
import org.seawall.search.VectorSearch;
import org.seawall.spi.flush.FlushSource;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.Stores;

/** Registers a {@link VectorSearch} beside each {@link FlushSource}, for as long as that is there. */
@Component(service = {})
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>='org.seawall.search.VectorSearch'")
public final class SearchComponent {
    private final BundleContext context;
    private final Map<ServiceReference<FlushSource>, ServiceRegistration<VectorSearch>> searches =
            new ConcurrentHashMap<>();
    private final KnownStores stores = new KnownStores();
    private final SearchThreads threads = new SearchThreads();

    @Activate
    public SearchComponent(BundleContext context) {
        this.context = context;
    }

    /** Ends the threads of searches. */
    @Deactivate
    void stop() {
        threads.close();
    }

    @Reference(
            service = FlushSource.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "updateSource",
            unbind = "removeSource")
    void addSource(ServiceReference<FlushSource> reference, FlushSource source) {
        searches.put(
                reference,
                context.registerService(
                        VectorSearch.class, new LogSearch(source, stores(reference), threads), properties(reference)));
    }

    void updateSource(ServiceReference<FlushSource> reference) {
        searches.get(reference).setProperties(properties(reference));
    }

    void removeSource(ServiceReference<FlushSource> reference) {
        searches.remove(reference).unregister();
    }

    @Reference(
            service = Stores.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeStores")
    void addStores(Stores service, Map<String, Object> properties) {
        stores.add(String.valueOf(properties.get(WriteAheadLog.LOG_NAME)), service);
    }

    void removeStores(Stores service, Map<String, Object> properties) {
        stores.remove(String.valueOf(properties.get(WriteAheadLog.LOG_NAME)), service);
    }

    /** The stores of the log that a source is of, whether it flushes to some or not. */
    Stores stores(ServiceReference<FlushSource> reference) {
        return stores.of(() -> String.valueOf(reference.getProperty(WriteAheadLog.LOG_NAME)));
    }

    private static Dictionary<String, Object> properties(ServiceReference<FlushSource> reference) {
        Dictionary<String, Object> properties = new Hashtable<>();
        Object name = reference.getProperty(WriteAheadLog.LOG_NAME);
        if (name != null) {
            properties.put(WriteAheadLog.LOG_NAME, name);
        }
        return properties;
    }
}
