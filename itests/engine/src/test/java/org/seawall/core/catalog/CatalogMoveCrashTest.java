package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.core.catalog.CatalogMoveScenario.Restart;
import org.seawall.core.catalog.TwoPlaces.Kinds;
import org.seawall.testkit.Crashes;

/** The power goes at every operation of a move of the catalog, on storages of all kinds, whatever is configured then. */
class CatalogMoveCrashTest {
    static Stream<Arguments> scenarios() {
        return Stream.of(Kinds.values())
                .flatMap(kinds -> Stream.of(Restart.values()).map(restart -> Arguments.of(kinds, restart)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void atEveryStep(Kinds kinds, Restart restart, TestReporter reporter) {
        CatalogMoveScenario scenario = new CatalogMoveScenario(kinds, restart);
        report(reporter, "step", scenario, new Crashes(scenario::storage, 4).steps(scenario));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void atEveryStepOfARecovery(Kinds kinds, Restart restart, TestReporter reporter) {
        CatalogMoveScenario scenario = new CatalogMoveScenario(kinds, restart);
        report(reporter, "step of a recovery", scenario, new Crashes(scenario::storage, 1).stepsOfRecovery(scenario));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void afterAFailureOfEveryOperation(Kinds kinds, Restart restart, TestReporter reporter) {
        CatalogMoveScenario scenario = new CatalogMoveScenario(kinds, restart);
        report(reporter, "failure", scenario, new Crashes(scenario::storage, 2).failures(scenario));
    }

    private static void report(TestReporter reporter, String what, CatalogMoveScenario scenario, long states) {
        String line = "move of a catalog, " + scenario.kinds() + ", " + scenario.restart() + ", every " + what;
        reporter.publishEntry(line, Long.toString(states));
        System.out.println("crash states of " + line + ": " + states);
        assertTrue(states > 40, () -> "states=" + states);
    }
}
