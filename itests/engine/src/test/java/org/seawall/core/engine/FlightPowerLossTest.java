package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seawall.testkit.Crashes;

/** With four groups in flight that arrive in any of their 24 orders: every crash, at every step, and every failure. */
class FlightPowerLossTest {
    private static final Crashes CRASHES = new Crashes(ObjectLogs::storage, 1);

    private interface Way {
        long of(FlightScenario scenario);
    }

    @Test
    void atEveryStep() {
        inEveryOrder(CRASHES::steps);
    }

    @Test
    void afterAFailureOfEveryOperation() {
        inEveryOrder(CRASHES::failures);
    }

    @Test
    void atEveryStepOfARecovery() {
        report(CRASHES.stepsOfRecovery(new FlightScenario(List.of(3, 0, 1, 0))));
    }

    private static void inEveryOrder(Way way) {
        long states = 0;
        // places among those that are left
        for (int code = 0; code < 24; code++) {
            List<Integer> order = new ArrayList<>(List.of(code / 6, code / 2 % 3, code % 2, 0));
            states += way.of(new FlightScenario(order));
        }
        report(states);
    }

    private static void report(long states) {
        System.out.println("crash states: " + states);
        assertTrue(states > 50, () -> "states=" + states);
    }
}
