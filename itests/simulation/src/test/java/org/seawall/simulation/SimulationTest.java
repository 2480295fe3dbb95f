package org.seawall.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** A log under everything that can go wrong, in as many ways as there are seeds. */
class SimulationTest {
    private static final long SEED = Long.getLong("simulation.seed", 0);
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 100);

    /** Such as 63, a snapshot with a higher epoch than the segment behind it, as the runs were drawn then. */
    @Test
    void nothingThatWasAcknowledgedIsLost() {
        each("simulation", SEEDS, seed -> {
            Simulation simulation = new Simulation(seed);
            return new Run(simulation::run, simulation.trace());
        });
    }

    @Test
    void theStorageDecidesWhoWrites() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger letIn = new AtomicInteger();
        each("fencing", Math.max(1, SEEDS / 4), seed -> {
            Fencing fencing = Fencing.ofObjects(seed);
            Body body = () -> {
                fencing.run();
                asked.addAndGet(fencing.asked());
                letIn.addAndGet(fencing.letIn());
            };
            return new Run(body, fencing.trace());
        });
        System.out.println("fencing: asked=" + asked + ", let in=" + letIn);
        assertTrue(SEED != 0 || SEEDS < 100 || letIn.get() > 0, "nobody was let in who asked");
    }

    @Test
    void theStorageDecidesWhoWritesToFilesThatGrow() {
        each("fencing of growing files", Math.max(1, SEEDS / 4), seed -> {
            Fencing fencing = Fencing.ofGrowingFiles(seed);
            return new Run(fencing::run, fencing.trace());
        });
    }

    /** Without it a seed would be a rumour. */
    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 10; seed++) {
            Trace once = run(new Simulation(seed));
            Trace again = run(new Simulation(seed));
            assertEquals(once.last(), again.last(), "seed " + seed);
            assertEquals(once.hash(), again.hash(), "seed " + seed);
        }
    }

    @Test
    void soItIsWithSeveralWriters() {
        for (long seed = 1; seed <= 5; seed++) {
            Trace once = run(Fencing.ofObjects(seed));
            Trace again = run(Fencing.ofObjects(seed));
            assertEquals(once.last(), again.last(), "seed " + seed);
            assertEquals(once.hash(), again.hash(), "seed " + seed);
        }
    }

    private static Trace run(Fencing fencing) {
        new Run(fencing::run, fencing.trace()).go("fencing");
        return fencing.trace();
    }

    private static Trace run(Simulation simulation) {
        new Run(simulation::run, simulation.trace()).go("simulation");
        return simulation.trace();
    }

    private interface Body {
        void run() throws Throwable;
    }

    private record Run(Body body, Trace trace) {
        void go(String what) {
            try {
                body.run();
            } catch (Throwable e) {
                // whatever it was: without the seed and what led to it, it is of no use
                throw new AssertionError(what + ": " + e.getMessage() + "\n" + trace.last(), e);
            }
        }
    }

    private static void each(String what, int seeds, LongFunction<Run> runs) {
        long first = SEED != 0 ? SEED : FIRST;
        long last = SEED != 0 ? SEED : FIRST + seeds - 1;
        long steps = 0;
        for (long seed = first; seed <= last; seed++) {
            Run run = runs.apply(seed);
            run.go(what + ", seed=" + seed + ", replay with -Dsimulation.seed=" + seed);
            steps += run.trace().lines();
        }
        System.out.println(what + ": seeds=" + first + " to " + last + ", steps=" + steps);
    }
}
