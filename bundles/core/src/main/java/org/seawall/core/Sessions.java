package org.seawall.core;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.seawall.LogUnavailableException;
import org.seawall.core.catalog.CatalogPlace;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.directory.StorageLock;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.ReadBudget;
import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Retries;
import org.seawall.core.engine.Session;
import org.seawall.core.engine.Signal;

/**
 * Makes the sessions of a log: one for the catalog, one for the collections of each directory. How one takes the place of
 * another: {@link SessionChange}.
 */
final class Sessions {
    /** Three quarters of a second in all. What still fails then is tried every few seconds. */
    private static final Retries RETRIES = new Retries(4, 50);

    private volatile LogSettings settings;
    private final LogThreads threads;
    private final Signal room;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    /** Sessions of which the collections' raise a signal when they give memory back. */
    Sessions(LogSettings settings, LogThreads threads, Signal room) {
        this.settings = settings;
        this.threads = threads;
        this.room = room;
    }

    /**
     * What the catalog and, if there are services for them, the collections are read and written with at first.
     *
     * @throws LogUnavailableException if there are none for the catalog
     */
    CatalogSession first(Binding binding) {
        Binding.Services services = binding.catalog()
                .services()
                .orElseThrow(() -> new LogUnavailableException(binding.catalog().missing()));
        return new CatalogSession(
                settings.name(),
                catalog(services),
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
                            services -> directory.offer(session(index, services)),
                            () -> directory.takeDown(bound.missing(), () -> {}));
            directory.olds().offer(olds(index, bound));
            directories.add(directory);
        }
        return new Directories(directories);
    }

    /**
     * Keeps other processes from a catalog.
     *
     * @throws IOException if another one holds it, or the storage fails
     */
    StorageLock catalogLock(CatalogPlace place) throws IOException {
        return StorageLock.ofCatalog(place.session().backend().fileSystem(), place.root(), "log " + settings.name());
    }

    /** The log's name, for messages. */
    String log() {
        return settings.name();
    }

    /** Other settings hold from now on, also in sessions that were made before. */
    void take(LogSettings next) {
        settings = next;
    }

    /** What the catalog is read and written with. */
    Session catalog(Binding.Services services) {
        Reading reading = new Reading(Runnable::run, 0, new ReadBudget(0), RETRIES);
        return new Session(backend(services), durable(), threads.catalogCommits(), writer)
                .reading(reading)
                .with(this::durable);
    }

    private EngineSettings durable() {
        return settings.collections().engine().durable();
    }

    /** What the collections of a directory are read and written with. */
    Session session(int index, Binding.Services services) {
        EngineSettings engine = settings.collections().engine();
        return new Session(backend(services), engine, threads.directory(index).commits(), writer)
                .reading(reading(index))
                .with(room);
    }

    /** What the collections are read and written with that are still in other places, by the URL of these. */
    Map<String, Session> olds(int index, Binding.Directory bound) {
        Map<String, Session> olds = new TreeMap<>();
        bound.olds().forEach((url, services) -> olds.put(url, session(index, services)));
        return olds;
    }

    /** How the collections of a directory are read back. */
    Reading reading(int index) {
        RecoverySettings recovery = settings.recovery();
        return new Reading(
                threads.directory(index).reads(), recovery.reads(), new ReadBudget(recovery.readBytes()), RETRIES);
    }

    private static Backend backend(Binding.Services services) {
        return new Backend(
                services.files(),
                services.strategy(),
                services.formats().serializer(),
                services.formats().readers(),
                Clock.systemUTC());
    }
}
