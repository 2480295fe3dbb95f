package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;

/**
 * The same as {@link PowerLossTest} where segments grow under their own names and nothing is locked: each restart takes the
 * log over from the process before it, and meets what that one left, sealed or not, begun or not.
 */
class SealPowerLossTest {
    private static final int SEEDS = 2;

    private final BatchLogScenario scenario = new BatchLogScenario(new SealStrategy());

    /** A storage on which segments grow until they are sealed, and nobody locks. */
    static Storage storage() {
        EnumSet<Capability> capabilities = EnumSet.of(
                Capability.SEAL,
                Capability.CREATE_EXCLUSIVE,
                Capability.CONDITIONAL_REPLACE,
                Capability.STRONG_LIST,
                Capability.RANGE_READ);
        return new Storage(new MemoryFileSystem(capabilities, 0), Location.parse("memory:/seawall"));
    }

    private static Crashes crashes() {
        return new Crashes(SealPowerLossTest::storage, SEEDS);
    }

    @Test
    void atEveryStep(TestReporter reporter) {
        report(reporter, crashes().steps(scenario));
    }

    @Test
    void atEveryStepWhileTheSerializerChanges(TestReporter reporter) {
        report(reporter, crashes().steps(BatchLogScenario.changingSerializers(new SealStrategy())));
    }

    @Test
    void atEveryStepOfARecovery(TestReporter reporter) {
        report(reporter, crashes().stepsOfRecovery(scenario));
    }

    @Test
    void afterAFailureOfEveryOperation(TestReporter reporter) {
        report(reporter, crashes().failures(scenario));
    }

    @Test
    void atTheDeathOfTheProcessAtEveryStep(TestReporter reporter) {
        report(reporter, crashes().deaths(scenario));
    }

    private static void report(TestReporter reporter, long states) {
        reporter.publishEntry("crash states", Long.toString(states));
        System.out.println("crash states: " + states);
        assertTrue(states > 50, () -> "states=" + states);
    }
}
