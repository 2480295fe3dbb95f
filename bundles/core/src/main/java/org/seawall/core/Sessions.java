package org.seawall.core;

import java.time.Clock;
import java.util.UUID;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.Session;

/** Makes the sessions of an opening: one for the catalog, one for the collections. */
final class Sessions {
    private Sessions() {}

    static CatalogSession of(LogSettings settings, Binding binding, LogThreads threads) {
        Clock clock = Clock.systemUTC();
        String writer = UUID.randomUUID().toString().substring(0, 8);
        Backend files =
                new Backend(binding.files(), binding.strategy(), binding.serializer(), binding.readers(), clock);
        Backend catalogFiles = new Backend(
                binding.catalogFiles(), binding.catalogStrategy(), binding.serializer(), binding.readers(), clock);
        return new CatalogSession(
                settings.name(),
                new Session(catalogFiles, settings.collections().engine().durable(), threads.commits(), writer),
                settings.catalog(),
                new Session(files, settings.collections().engine(), threads.commits(), writer),
                settings.root(),
                settings.collections(),
                settings.catalogSnapshotChanges());
    }
}
