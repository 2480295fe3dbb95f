package org.seawall.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A log under everything that can go wrong, in as many ways as there are seeds. */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);

    @Test
    void nothingThatWasAcknowledgedIsLostUnderAnySeed() {
        long replay = Long.getLong("simulation.seed", 0);
        long first = replay != 0 ? replay : FIRST;
        long last = replay != 0 ? replay : first + Integer.getInteger("simulation.seeds", 150) - 1;
        long steps = 0;
        for (long seed = first; seed <= last; seed++) {
            steps += run(seed).lines();
        }
        System.out.println("simulation: seeds=" + first + "-" + last + ", steps=" + steps);
        assertTrue(steps > 0);
    }

    /** Without it a seed would be a rumour. */
    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 10; seed++) {
            Trace once = run(seed);
            Trace again = run(seed);
            assertEquals(once.last(), again.last(), "seed " + seed);
            assertEquals(once.hash(), again.hash(), "seed " + seed);
        }
    }

    private static Trace run(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (Throwable e) {
            throw new AssertionError(
                    "seed " + seed + ", replay with -Dsimulation.seed=" + seed + ": " + e.getMessage() + "\n"
                            + simulation.trace().last(),
                    e);
        }
        return simulation.trace();
    }
}
