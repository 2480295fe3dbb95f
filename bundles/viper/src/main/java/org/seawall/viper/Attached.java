package org.seawall.viper;

import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.seawall.WriteAheadLog;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSource;
import org.seawall.viper.sink.Stores;
import org.seawall.viper.sink.VectorSink;

/**
 * A sink that a log flushes to, and its stores as a service for the search. For one thread at a time.
 *
 * @param partners whom it brings together
 * @param sink between them
 * @param stores the service
 * @param attachment of the sink to the log
 */
record Attached(
        Partners partners, VectorSink sink, ServiceRegistration<Stores> stores, FlushSource.Attachment attachment)
        implements AutoCloseable {

    /**
     * Who works together.
     *
     * @param source the log
     * @param files where it flushes to
     * @param root the directory there
     */
    record Partners(FlushSource source, FileSystem files, Location root) {}

    /**
     * Attaches a sink.
     *
     * @throws IllegalStateException if the log has another
     * @throws org.seawall.LogClosedException if the log is closed
     */
    static Attached of(Partners partners, ViperSettings settings, BundleContext context) {
        VectorSink sink = new VectorSink(settings.log(), partners.files(), settings.root(), settings.sink());
        ServiceRegistration<Stores> stores = context.registerService(
                Stores.class, sink, new Hashtable<>(Map.of(WriteAheadLog.LOG_NAME, settings.log())));
        Optional<FlushSource.Attachment> attachment = Optional.empty();
        try {
            attachment = Optional.of(partners.source().attach(sink));
        } finally {
            if (attachment.isEmpty()) {
                stores.unregister();
                sink.close();
            }
        }
        return new Attached(partners, sink, stores, attachment.get());
    }

    /** Detaches the sink, and then lets the stores go. The file system is not used any more on return, but by views. */
    @Override
    public void close() {
        try {
            attachment.close();
        } finally {
            stores.unregister();
            sink.close();
        }
    }
}
