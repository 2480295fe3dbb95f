package org.seawall.core;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.ReadBudget;
import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Retries;
import org.seawall.core.engine.Session;
import org.seawall.core.engine.Signal;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.strategy.WriteStrategy;

/** Makes the sessions of an opening: one for the catalog, one for the collections of each directory. */
final class Sessions {
    /** Three quarters of a second in all. What still fails then is tried every few seconds. */
    private static final Retries RETRIES = new Retries(4, 50);

    private final LogSettings settings;
    private final LogThreads threads;
    private final Signal room;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    /** Sessions of which the collections' raise a signal when they give memory back. */
    Sessions(LogSettings settings, LogThreads threads, Signal room) {
        this.settings = settings;
        this.threads = threads;
        this.room = room;
    }

    CatalogSession catalog(Binding binding) {
        Backend backend = backend(binding, binding.catalogFiles(), binding.catalogStrategy());
        Reading reading = new Reading(Runnable::run, 0, new ReadBudget(0), RETRIES);
        return new CatalogSession(
                settings.name(),
                new Session(backend, settings.collections().engine().durable(), threads.catalogCommits(), writer)
                        .reading(reading),
                settings.storage().catalog(),
                directories(binding),
                settings.collections(),
                settings.storage().catalogSnapshotChanges());
    }

    private Directories directories(Binding binding) {
        List<StorageDirectory> directories = new ArrayList<>();
        for (String url : settings.storage().urls()) {
            int index = directories.size();
            StorageDirectory directory = new StorageDirectory(
                    settings.name(), url, threads.directory(index).attending());
            Binding.Directory bound = binding.directories().get(index);
            bound.services()
                    .ifPresentOrElse(
                            services -> directory.offer(session(binding, index, services)),
                            () -> directory.takeDown(bound.missing(), () -> {}));
            directories.add(directory);
        }
        return new Directories(directories);
    }

    /** What the collections of a directory are read and written with. */
    Session session(Binding binding, int index, Binding.Services services) {
        RecoverySettings recovery = settings.recovery();
        LogThreads.OfDirectory own = threads.directory(index);
        Reading reading = new Reading(own.reads(), recovery.reads(), new ReadBudget(recovery.readBytes()), RETRIES);
        Backend backend = backend(binding, services.files(), services.strategy());
        return new Session(backend, settings.collections().engine(), own.commits(), writer)
                .reading(reading)
                .with(room);
    }

    private static Backend backend(Binding binding, FileSystem files, WriteStrategy strategy) {
        return new Backend(files, strategy, binding.serializer(), binding.readers(), Clock.systemUTC());
    }
}
