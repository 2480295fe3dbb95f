package org.seawall.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.seawall.core.catalog.CatalogSession;
import org.seawall.core.engine.Backend;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Session;
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
    private final WriteStrategy strategy;
    private final EngineSettings settings;
    private final int changesPerSnapshot;
    private final Collections collections = new Collections();
    private final List<Process> processes = new ArrayList<>();
    private int batches;
    private long entries;

    World(long seed, Storage storage, WriteStrategy strategy) {
        this.random = new SplittableRandom(seed);
        this.scheduler = new Scheduler(random.nextLong());
        this.storage = storage;
        this.strategy = strategy;
        this.settings = new EngineSettings(
                1_000 + random.nextInt(9_000),
                random.nextBoolean() ? 0 : 200 + random.nextInt(2_000),
                2_000 + random.nextInt(6_000),
                random.nextInt(3));
        this.changesPerSnapshot = 1 + random.nextInt(4);
        scheduler.beginning(() -> processes.stream()
                .flatMap(process -> process.commits().begin().stream())
                .findFirst());
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
        processes.add(process);
    }

    /** How many processes are alive. */
    int processes() {
        processes.removeIf(process -> process.dead() && scheduler.allDone(process));
        return (int) processes.stream().filter(process -> !process.dead()).count();
    }

    Map<String, Integer> sizes() {
        return collections.sizes();
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

    CatalogSession session(Process process) {
        return new CatalogSession(
                process.name(),
                session(process, new ObjectStrategy()),
                storage.directory().child("catalog"),
                session(process, strategy),
                storage.directory().child("wal"),
                changesPerSnapshot);
    }

    private Session session(Process process, WriteStrategy writing) {
        Backend backend =
                new Backend(process.files(), writing, process.serializer(), SERIALIZERS, scheduler.clock());
        return new Session(backend, settings, process.commits(), process.name());
    }
}
