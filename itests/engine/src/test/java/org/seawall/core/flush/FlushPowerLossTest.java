package org.seawall.core.flush;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Storage;

/** The power goes at every operation of log and sink while the log is flushed. */
class FlushPowerLossTest {
    static WriteStrategy[] strategies() {
        return new WriteStrategy[] {new AppendStrategy(), new ObjectStrategy()};
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStep(WriteStrategy strategy) {
        report(strategy, "step", new Crashes(Storage::inMemory, 4).steps(new FlushScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepOfARecovery(WriteStrategy strategy) {
        report(
                strategy,
                "step of a recovery",
                new Crashes(Storage::inMemory, 1, 3).stepsOfRecovery(new FlushScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void afterAFailureOfEveryOperation(WriteStrategy strategy) {
        report(strategy, "failure", new Crashes(Storage::inMemory, 2).failures(new FlushScenario(strategy)));
    }

    private static void report(WriteStrategy strategy, String what, long states) {
        System.out.println("crash states of flush, " + strategy.name() + ", every " + what + ": " + states);
        assertTrue(states > 50, () -> "states=" + states);
    }
}
