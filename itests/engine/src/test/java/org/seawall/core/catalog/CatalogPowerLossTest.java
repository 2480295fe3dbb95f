package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/** The power goes at every operation of creating, changing and dropping collections, and of the catalog's snapshots. */
class CatalogPowerLossTest {
    private static Scenario<?> scenario() {
        return new CatalogScenario(Clock.fixed(Instant.parse("2025-06-28T14:20:00Z"), ZoneOffset.UTC));
    }

    @Test
    void atEveryStep(TestReporter reporter) {
        report(reporter, "step", new Crashes(Storage::inMemory, 6).steps(scenario()));
    }

    @Test
    void atEveryStepOfARecovery(TestReporter reporter) {
        report(reporter, "step of a recovery", new Crashes(Storage::inMemory, 1).stepsOfRecovery(scenario()));
    }

    @Test
    void afterAFailureOfEveryOperation(TestReporter reporter) {
        report(reporter, "failure", new Crashes(Storage::inMemory, 4).failures(scenario()));
    }

    private static void report(TestReporter reporter, String what, long states) {
        String line = "create, update, drop, catalog snapshot, every " + what;
        reporter.publishEntry(line, Long.toString(states));
        System.out.println("crash states of " + line + ": " + states);
        assertTrue(states > 100, () -> "states=" + states);
    }
}
