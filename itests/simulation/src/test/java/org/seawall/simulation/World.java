package org.seawall.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.core.directory.Directories;
import org.seawall.core.directory.DirectoryThreads;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Session;
import org.seawall.core.engine.Takeover;
import org.seawall.core.engine.Visibility;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Storage;

/** What outlives a process: the storage, time, and what was promised. */
final class World {
    private static final List<BatchSerializer> SERIALIZERS =
            List.of(new AvroSerializer(1 << 20), new ProtobufSerializer(1 << 20));

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Storage storage;
    private final Function<Process, WriteStrategy> strategies;
    private final EngineSettings catalogSettings;
    private final CollectionSettings settings;
    private final boolean levels;
    private final int changesPerSnapshot;
    private final Collections collections = new Collections();
    private final List<Process> processes = new ArrayList<>();
    private Takeover takeover = Takeover.USUAL;
    private boolean shared;
    private int powerLosses;
    private int batches;
    private long entries;

    World(long seed, Storage storage, Function<Process, WriteStrategy> strategies) {
        DrawnRandom.from(seed);
        this.random = new SplittableRandom(seed);
        this.scheduler = new Scheduler(random.nextLong());
        this.storage = storage;
        this.strategies = strategies;
        this.catalogSettings = new EngineSettings(10_000, 0, 4_000, random.nextInt(3));
        this.settings = CollectionSettings.of(settings());
        this.levels = random.nextInt(3) == 0;
        this.changesPerSnapshot = 1 + random.nextInt(4);
        scheduler.beginning(() ->
                processes.stream().flatMap(process -> process.begin().stream()).findFirst());
    }

    private Map<Setting, Object> settings() {
        Map<Setting, Object> drawn = new EnumMap<>(Setting.class);
        drawn.put(Setting.SEGMENT_BYTES, 65_536);
        drawn.put(Setting.SEGMENT_MILLIS, random.nextInt(3) == 0 ? 0 : 5 + random.nextInt(200));
        drawn.put(Setting.GROUP_BYTES, 2_000 + random.nextInt(6_000));
        drawn.put(Setting.ARCHIVES, random.nextInt(3));
        drawn.put(Setting.SYNC_MILLIS, 1 + random.nextInt(100));
        drawn.put(Setting.VISIBILITY, random.nextInt(5) == 0 ? Visibility.IMMEDIATE : Visibility.DURABLE);
        drawn.put(Setting.COMMITS_IN_FLIGHT, 1 << random.nextInt(5));
        drawn.put(Setting.COMMIT_MILLIS, random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(30));
        return drawn;
    }

    /** Writes an object a commit, on the threads of a process. */
    static WriteStrategy objects(Process process) {
        return new ObjectStrategy(process.creations());
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SplittableRandom random() {
        return random;
    }

    Storage storage() {
        return storage;
    }

    Collections collections() {
        return collections;
    }

    List<BatchSerializer> serializers() {
        return SERIALIZERS;
    }

    void started(Process process) {
        processes.removeIf(old -> old.dead() && scheduler.allDone(old));
        processes.add(process);
    }

    /** Whether several processes write at once. */
    boolean shared() {
        return shared;
    }

    /** From now on several processes write at once, and ask each other for the log. */
    void share(Takeover times) {
        shared = true;
        takeover = times;
    }

    Map<String, Integer> sizes() {
        return collections.sizes();
    }

    void losesPower() {
        powerLosses++;
    }

    int powerLosses() {
        return powerLosses;
    }

    int nextBatch() {
        return ++batches;
    }

    long nextEntry() {
        return ++entries;
    }

    /** Something that is learned in the middle of the engine, where an error of the test would be taken for one of its own. */
    void learn(Runnable news) {
        try {
            news.run();
        } catch (AssertionError e) {
            scheduler.failed(e);
        }
    }

    /** Whether appends ask for other levels than that of a durable one. */
    boolean levels() {
        return levels;
    }

    /** Whether readers may see what can still be lost. */
    boolean immediate() {
        return settings.engine().visibility() == Visibility.IMMEDIATE;
    }

    /** Where the collections of a process are: on the same storage for all. */
    StorageDirectory directory(Process process) {
        StorageDirectory directory = new StorageDirectory(
                process.name(),
                storage.directory().child("wal").toString(),
                new DirectoryThreads(Runnable::run, Runnable::run));
        directory.offer(session(process, strategies.apply(process), settings.engine()));
        return directory;
    }

    CatalogSession session(Process process, StorageDirectory directory) {
        return new CatalogSession(
                process.name(),
                session(process, objects(process), catalogSettings),
                storage.directory().child("catalog"),
                new Directories(List.of(directory)),
                settings,
                changesPerSnapshot);
    }

    private Session session(Process process, WriteStrategy writing, EngineSettings engine) {
        Backend backend = new Backend(process.files(), writing, process.serializer(), SERIALIZERS, scheduler.clock());
        return new Session(
                        backend,
                        () -> engine,
                        process.commits(),
                        process.name(),
                        new VirtualDelays(scheduler, process),
                        Reading.IN_TURN)
                .with(takeover);
    }
}
