package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Storage;

/** What each level of acknowledgement survives, at every operation of a log whose groups are written and forced apart. */
class LevelsPowerLossTest {
    static Stream<LevelsScenario> scenarios() {
        return Stream.of(
                new LevelsScenario(new AppendStrategy(), Visibility.DURABLE),
                new LevelsScenario(new AppendStrategy(), Visibility.IMMEDIATE),
                new LevelsScenario(new ObjectStrategy(), Visibility.DURABLE));
    }

    /** Many draws, since the sectors of several batches survive in any combination. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void aLostPowerLosesNothingThatIsDurable(LevelsScenario scenario, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 24).steps(scenario));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theDeathOfTheProcessLosesNothingThatIsWritten(LevelsScenario scenario, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 8).deaths(scenario));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aFailureOfTheStorageLosesNothingThatIsDurable(LevelsScenario scenario, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 8).failures(scenario));
    }

    private static void report(TestReporter reporter, long states) {
        reporter.publishEntry("crash states", Long.toString(states));
        System.out.println("crash states: " + states);
        assertTrue(states > 50, () -> "states=" + states);
    }
}
