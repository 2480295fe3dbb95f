package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Storage;

/** The power goes at every operation of snapshots, compactions, archives and prunes. */
class KeepingPowerLossTest {
    static WriteStrategy[] strategies() {
        return new WriteStrategy[] {new AppendStrategy(), new ObjectStrategy()};
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStep(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, strategy, "step", new Crashes(Storage::inMemory, 6).steps(new KeepingScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepOfARecovery(WriteStrategy strategy, TestReporter reporter) {
        report(
                reporter,
                strategy,
                "step of a recovery",
                new Crashes(Storage::inMemory, 1).stepsOfRecovery(new KeepingScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void afterAFailureOfEveryOperation(WriteStrategy strategy, TestReporter reporter) {
        report(
                reporter,
                strategy,
                "failure",
                new Crashes(Storage::inMemory, 4).failures(new KeepingScenario(strategy)));
    }

    private static void report(TestReporter reporter, WriteStrategy strategy, String what, long states) {
        String line = "compaction, versions, archive, " + strategy.name() + ", every " + what;
        reporter.publishEntry(line, Long.toString(states));
        System.out.println("crash states of " + line + ": " + states);
        assertTrue(states > 50, () -> "states=" + states);
    }
}
