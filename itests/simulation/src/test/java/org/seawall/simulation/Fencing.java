package org.seawall.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.strategy.object.ObjectStrategy;
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

    private final World world;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private int lives;
    private int buried;

    /** One object a commit. */
    static Fencing ofObjects(long seed) {
        return new Fencing(seed, OBJECTS, List.of(new ObjectStrategy()));
    }

    /** Segments that grow under their names; some of the processes write one object a commit. */
    static Fencing ofGrowingFiles(long seed) {
        return new Fencing(seed, GROWING, List.of(new SealStrategy(), new SealStrategy(), new ObjectStrategy()));
    }

    private Fencing(long seed, Set<Capability> capabilities, List<WriteStrategy> strategies) {
        Storage storage = new Storage(new MemoryFileSystem(capabilities, 0), Location.parse("memory:/seawall"));
        this.world = new World(seed, storage, strategies);
        this.scheduler = world.scheduler();
        this.random = world.random();
        world.share();
    }

    private static Set<Capability> with(Set<Capability> some, Capability more) {
        Set<Capability> all = EnumSet.copyOf(some);
        all.add(more);
        return all;
    }

    Trace trace() {
        return scheduler.trace();
    }

    void run() throws Throwable {
        scheduler.start("first", world, this::found);
        scheduler.run();
    }

    /** The collections are there before the second process comes. */
    private void found() {
        Process process = process();
        process.open();
        for (String name : List.of("c0", "c1")) {
            world.collections().creates(name);
            world.collections().created(process.catalog().create(CollectionSpec.payloads(name)));
            scheduler.yield("founded");
        }
        die(process);
        for (int i = 0; i < 2; i++) {
            scheduler.start("life" + i, world, this::live);
        }
        scheduler.yieldUntil("last look", () -> buried == 3);
        Process last = process();
        scheduler.start(last + ".open", last, last::open);
        scheduler.yieldUntil("buried", () -> scheduler.allDone(last));
        die(last);
    }

    private void live() {
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            Process process = process();
            scheduler.start(process + ".open", process, () -> work(process));
            int limit = 20 + random.nextInt(300);
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

    private Process process() {
        String name = "p" + ++lives;
        Weather weather = random.nextBoolean() ? Weather.FAIR : new Weather(0, 10, 0);
        return new Process(world, name, new FaultyFileSystem(world.storage().files(), 0), weather);
    }

    private void work(Process process) {
        process.open();
        scheduler.yield("opened");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            scheduler.start(process + ".writer" + i, process, new Writer(process));
        }
        scheduler.start(process + ".reader", process, new Reader(process));
        scheduler.start(process + ".maintenance", process, new Maintenance(process));
    }

    private void die(Process process) {
        scheduler.note("dies " + process);
        process.die();
        process.end();
        scheduler.yieldUntil("buried", () -> scheduler.allDone(process));
        buried = lives == 1 ? 1 : buried;
    }
}
