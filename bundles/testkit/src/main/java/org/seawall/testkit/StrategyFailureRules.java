package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Rules W17 to W24, W28 and W29: failures and crashes. */
interface StrategyFailureRules extends StrategyRules {
    /** Lets every operation of a step fail in turn, and looks at the store then. */
    private void failingEverywhere(Action<SegmentLog> step) throws IOException {
        for (Moment moment : Moment.values()) {
            for (long operation = 1; ; operation++) {
                StrategyTrial trial = new StrategyTrial(this, 0);
                trial.log().commit("a");
                int before = trial.process().history().size();
                trial.process().failAt(operation, moment);
                boolean failed = fails(step, trial);
                if (trial.process().history().size() < before + operation) {
                    break;
                }
                assertTrue(failed, () -> "a failure was not told, " + trial.process());
                assertPoisoned(trial);
            }
        }
    }

    private static boolean fails(Action<SegmentLog> step, StrategyTrial trial) {
        try {
            step.with(trial.log());
            return false;
        } catch (IOException | RuntimeException e) {
            assertTrue(StrategyTrial.documented(e), () -> "undocumented failure " + e);
            return true;
        }
    }

    private static void assertPoisoned(StrategyTrial trial) throws IOException {
        List<String> history = trial.process().history();
        assertThrows(Exception.class, () -> trial.store().begin(SegmentLog.name(9), SegmentLog.header(9)));
        assertTrue(
                StrategyTrial.documented(StrategyTrial.failure(trial.store().commit(List.of(SegmentLog.frame("z"))))));
        assertTrue(StrategyTrial.documented(StrategyTrial.failure(trial.store().sync())));
        assertEquals(history, trial.process().history(), "operations after the failure");
        trial.store().segments();
        trial.store().close();
    }

    @Test
    default void w17_aFailedCommitIsToldAndPoisonsTheStore() throws IOException {
        failingEverywhere(log -> log.commit("b"));
    }

    @Test
    default void w18_aFailedChangeOfSegmentsIsToldAndPoisonsTheStore() throws IOException {
        failingEverywhere(SegmentLog::roll);
    }

    @Test
    default void w19_aClosedStoreTakesNothingAndClosingAgainDoesNothing() throws IOException {
        StrategyTrial trial = new StrategyTrial(this, 0);
        trial.log().commit("a");
        trial.store().close();
        trial.store().close();
        assertThrows(IOException.class, () -> trial.store().begin(SegmentLog.name(2), SegmentLog.header(2)));
        assertTrue(
                StrategyTrial.documented(StrategyTrial.failure(trial.store().commit(List.of(SegmentLog.frame("b"))))));
        assertEquals(List.of("a"), trial.crash());
    }

    @Test
    default void w28_aFailedWriteOrSyncIsToldAndPoisonsTheStore() throws IOException {
        failingEverywhere(log -> {
            log.write("b");
            log.write("c");
            log.sync();
        });
    }

    @Test
    default void w29_theDeathOfTheProcessAtAnyOperationLosesNothingThatWasWritten(TestReporter reporter) {
        report(reporter, crashes().deaths(new SegmentScenario(strategy())));
    }

    @Test
    default void w20_aLostPowerAtAnyOperationLosesNothingThatWasAcknowledged(TestReporter reporter) {
        report(reporter, crashes().steps(new SegmentScenario(strategy())));
    }

    @Test
    default void w21_aCrashAtAnyOperationOfTheRestartLosesNothingThatWasSeen(TestReporter reporter) {
        report(reporter, crashes().stepsOfRecovery(new SegmentScenario(strategy())));
    }

    @Test
    default void w22_aFailureOfAnyOperationLosesNothingThatWasAcknowledged(TestReporter reporter) {
        report(reporter, crashes().failures(new SegmentScenario(strategy())));
    }

    @Test
    default void w23_aFailedReadOfTheStorageIsNotReadAsEmpty() throws IOException {
        StrategyTrial trial = new StrategyTrial(this, 0);
        trial.log().commit("a");
        trial.log().roll();
        trial.process().hook(operation -> {
            if (operation.startsWith("list ")) {
                throw new IOException("injected failure of " + operation);
            }
        });
        assertThrows(IOException.class, () -> trial.store().segments());
    }

    @Test
    default void w24_aCallOutOfOrderIsRefused() throws IOException {
        StrategyTrial trial = new StrategyTrial(this, 0);
        assertThrows(IllegalStateException.class, () -> trial.store().commit(List.of(SegmentLog.frame("a"))));
    }

    private Crashes crashes() {
        return new Ground(() -> StrategyTrial.storage(this), ground().seeds(), ground().every())
                .crashes(StrategyTrial.SEEDS);
    }

    private static void report(TestReporter reporter, long states) {
        reporter.publishEntry("crash states", Long.toString(states));
    }
}
