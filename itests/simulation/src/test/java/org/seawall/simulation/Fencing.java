package org.seawall.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.engine.Takeover;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;

/** One run: processes that write to one log on an object store at the same time, without a lock and knowing nothing of each other. */
final class Fencing {
    private static final Set<Capability> OBJECTS = EnumSet.of(
            Capability.CREATE_EXCLUSIVE, Capability.CONDITIONAL_REPLACE, Capability.STRONG_LIST, Capability.RANGE_READ);

    private static final Set<Capability> GROWING = with(OBJECTS, Capability.SEAL);

    /** One that is fenced does nothing any more that could be counted. */
    private static final int LIFE_MILLIS = 1_500;

    private static final List<String> COLLECTIONS = List.of("c0", "c1");

    private final World world;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final List<Process> asking = new ArrayList<>();
    private int lives;
    private int buried;

    /** One object a commit. */
    static Fencing ofObjects(long seed) {
        return new Fencing(seed, OBJECTS, World::objects);
    }

    /** Segments that grow under their names; some of the processes write one object a commit. */
    static Fencing ofGrowingFiles(long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        return new Fencing(
                seed, GROWING, process -> draws.nextInt(3) > 0 ? new SealStrategy() : World.objects(process));
    }

    private Fencing(long seed, Set<Capability> capabilities, Function<Process, WriteStrategy> strategies) {
        Storage storage = new Storage(new MemoryFileSystem(capabilities, 0), Location.parse("memory:/seawall"));
        this.world = new World(seed, storage, strategies);
        this.scheduler = world.scheduler();
        this.random = world.random();
        world.share(times(random));
    }

    /** Short against a life. A pause may be too short for the one who asked. */
    private static Takeover times(SplittableRandom random) {
        return new Takeover(
                5 + random.nextInt(40),
                20 + random.nextInt(200),
                1 + random.nextInt(20),
                20 + random.nextInt(200),
                100 + random.nextInt(600));
    }

    private static Set<Capability> with(Set<Capability> some, Capability more) {
        Set<Capability> all = EnumSet.copyOf(some);
        all.add(more);
        return all;
    }

    Trace trace() {
        return scheduler.trace();
    }

    /** How many processes asked another for a log. */
    int asked() {
        return asking.size();
    }

    /** How many of those opened every log. */
    int letIn() {
        return (int) asking.stream()
                .filter(process -> process.all().size() == COLLECTIONS.size())
                .filter(process -> process.all().stream()
                        .allMatch(collection -> collection.openLog().isPresent()))
                .count();
    }

    void run() throws Throwable {
        scheduler.start("first", world, this::found);
        scheduler.run();
    }

    /** The collections are there before the second process comes. */
    private void found() {
        Process process = process(Weather.FAIR);
        process.open();
        for (String name : COLLECTIONS) {
            world.collections().creates(name);
            world.collections().created(process.catalog().create(CollectionSpec.payloads(name)));
            scheduler.yield("founded");
        }
        die(process);
        for (int i = 0; i < 2; i++) {
            scheduler.start("life" + i, world, this::live);
        }
        scheduler.yieldUntil("last look", () -> buried == 3);
        Process last = process(Weather.FAIR);
        Fiber opening = scheduler.start(last + ".open", last, last::open);
        scheduler.yieldUntil("looked", opening::done);
        die(last);
    }

    private void live() {
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            Process process = process(weather());
            scheduler.start(process + ".open", process, () -> work(process));
            int limit = 20 + random.nextInt(random.nextInt(4) > 0 ? 300 : 1_000);
            long late = scheduler.clock().millis() + LIFE_MILLIS;
            scheduler.yieldUntil(
                    "end",
                    () -> process.ending()
                            || process.faults().operations() >= limit
                            || scheduler.clock().millis() >= late);
            die(process);
        }
        buried++;
    }

    private Process process(Weather weather) {
        String name = "p" + ++lives;
        return new Process(world, name, new FaultyFileSystem(world.storage().files(), 0), weather);
    }

    private Weather weather() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> Weather.FAIR;
            case 2 -> new Weather(0, 10, 0);
            default -> new Weather(60, 10, 0);
        };
    }

    private void work(Process process) {
        try {
            process.open();
        } catch (LogUnavailableException | OutcomeUnknownException e) {
            scheduler.yield("not opened");
            process.stop();
            return;
        }
        scheduler.yield("opened");
        boolean restless = random.nextInt(4) == 0;
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            scheduler.start(process + ".writer" + i, process, new Writer(process, restless));
        }
        scheduler.start(process + ".reader", process, new Reader(process));
        scheduler.start(process + ".maintenance", process, new Maintenance(process));
    }

    private void die(Process process) {
        scheduler.note("dies " + process);
        process.die();
        process.end();
        if (process.files().history().contains("replace wal.takeover")) {
            asking.add(process);
        }
        scheduler.yieldUntil("buried", () -> scheduler.allDone(process));
        buried = lives == 1 ? 1 : buried;
    }
}
