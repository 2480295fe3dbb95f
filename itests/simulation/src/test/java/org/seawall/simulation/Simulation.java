package org.seawall.simulation;

import java.io.IOException;
import java.util.SplittableRandom;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;
import org.seawall.testkit.Storage;

/** One run: a log that lives through several processes, each of which ends in its own way. */
final class Simulation {
    private final World world;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private FaultyFileSystem files;
    private int lives;

    Simulation(long seed) {
        SplittableRandom draws = new SplittableRandom(seed);
        boolean appends = draws.nextInt(3) > 0;
        this.world = new World(
                draws.nextLong(),
                Storage.inMemory(),
                process -> appends ? new AppendStrategy() : World.objects(process));
        this.scheduler = world.scheduler();
        this.random = world.random();
        this.files = new FaultyFileSystem(world.storage().files(), draw());
    }

    Trace trace() {
        return scheduler.trace();
    }

    void run() throws Throwable {
        scheduler.start(Fiber.URGENT, world, this::live);
        scheduler.run();
    }

    private void live() {
        int processes = 4 + random.nextInt(5);
        for (int i = 0; i < processes; i++) {
            Process process = begin(Weather.draw(random));
            end(process);
        }
        Process last = begin(Weather.FAIR);
        scheduler.yieldUntil("last look", () -> last.openCatalog().isPresent());
        end(last);
    }

    private Process begin(Weather weather) {
        Process process = new Process(world, "p" + ++lives, files, weather);
        scheduler.note("begins " + process + ", " + weather);
        scheduler.start(process + ".open", process, () -> open(process));
        return process;
    }

    private void open(Process process) {
        try {
            process.open();
        } catch (LogUnavailableException | OutcomeUnknownException e) {
            scheduler.yield("not opened");
            scheduler.note("  not opened, " + e);
            Check.that(
                    process.hampered(),
                    () -> "catalog not recovered after mere crashes: " + e + ", cause=" + e.getCause());
            process.stop();
            return;
        }
        scheduler.yield("opened");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            scheduler.start(process + ".writer" + i, process, new Writer(process));
        }
        scheduler.start(process + ".reader", process, new Reader(process));
        scheduler.start(process + ".maintenance", process, new Maintenance(process));
        scheduler.start(process + ".catalog", process, new CatalogChanges(process));
    }

    private void end(Process process) {
        int limit = random.nextInt(20) == 0 ? random.nextInt(30) : 30 + random.nextInt(400);
        boolean anywhere = random.nextInt(3) == 0;
        Faults faults = process.faults();
        scheduler.yieldUntil(
                "end", () -> process.ending() || faults.operations() >= limit && (anywhere || faults.changesNames()));
        switch (random.nextInt(5)) {
            case 0 -> close(process);
            case 1, 2 -> die(process);
            default -> losePower(process);
        }
    }

    private void close(Process process) {
        scheduler.note("closes " + process);
        process.stop();
        process.faults().calm();
        process.openCatalog().ifPresent(catalog -> catalog.close());
        scheduler.yield("closed");
        die(process);
    }

    private void die(Process process) {
        scheduler.note("dies " + process);
        process.die();
        try {
            files = files.restart(draw());
        } catch (IOException e) {
            throw new AssertionError("not restarted", e);
        }
        scheduler.yieldUntil("buried", () -> scheduler.allDone(process));
    }

    private void losePower(Process process) {
        if (random.nextBoolean()) {
            // tears what is written when the power goes
            process.files().stopAt(1 + random.nextInt(3), Moment.MIDDLE);
            int limit = process.faults().operations() + 20;
            scheduler.yieldUntil(
                    "power",
                    () -> process.files().stopped() || process.faults().operations() >= limit || process.ending());
        }
        scheduler.note("loses its power " + process);
        process.die();
        world.losesPower();
        try {
            files.crash();
        } catch (IOException e) {
            throw new AssertionError("not crashed", e);
        }
        files = new FaultyFileSystem(world.storage().files(), draw());
        scheduler.yieldUntil("buried", () -> scheduler.allDone(process));
    }

    /** What a loss of power leaves: one of the extremes now and then. */
    private int draw() {
        return random.nextInt(4) == 0 ? random.nextInt(4) : 4 + random.nextInt(1_000);
    }
}
