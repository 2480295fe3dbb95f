package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.testkit.LogTrial.C;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.seawall.LogReader;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;

/** Rules L18 to L22: nothing is seen before it is durable, and nothing that was acknowledged is lost. */
interface LogCrashRules extends LogTrial.Opener {
    @Test
    default void l18_whatCanStillBeLostIsNeitherAcknowledgedNorSeen() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (LogTrial trial = new LogTrial(this);
                LogReader reader = trial.log().read(C, 1)) {
            trial.process().hook(LogTrial.holding(reached, go));
            CompletableFuture<SequenceRange> append = trial.log().append(C, List.of(LogTrial.entry("a")));
            try {
                assertTrue(reached.await(30, TimeUnit.SECONDS), "nothing is forced");
                assertFalse(append.isDone(), "acknowledged before it is durable");
                assertFalse(trial.finds("a"), "found before it is durable");
                assertEquals(Optional.empty(), reader.poll(), "read before it is durable");
            } finally {
                go.countDown();
            }
            LogTrial.acknowledged(append);
            assertEquals("a", reader.poll().orElseThrow().entry().id());
        }
    }

    @Test
    default void l19_afterAFailureNothingIsAcknowledgedAndReadsGoOn() throws Exception {
        for (Moment moment : Moment.values()) {
            try (LogTrial trial = new LogTrial(this)) {
                trial.append("a");
                trial.process().failAt(1, moment);
                assertInstanceOf(SeawallException.class, assertThrows(Exception.class, () -> trial.append("b")));
                for (String id : List.of("c", "d")) {
                    Exception failure = assertThrows(
                            Exception.class, () -> trial.append(id), "acknowledged after the storage failed");
                    assertInstanceOf(SeawallException.class, failure);
                }
                assertEquals(List.of("a"), trial.ids());
                assertTrue(trial.finds("a"));
                trial.crash();
                assertTrue(List.of(List.of("a"), List.of("a", "b")).contains(trial.ids()), () -> "read " + trial.ids());
                trial.append("e");
            }
        }
    }

    @Test
    default void l20_aLostPowerAtAnyOperationLosesNothingThatWasAcknowledged(TestReporter reporter) {
        report(reporter, crashes(4).steps(new LogScenario(this)));
    }

    @Test
    default void l21_aCrashAtAnyOperationOfTheRestartLosesNothingThatWasSeen(TestReporter reporter) {
        report(reporter, crashes(2).stepsOfRecovery(new ShortLogScenario(new LogScenario(this))));
    }

    @Test
    default void l22_aFailureOfAnyOperationLosesNothingThatWasAcknowledged(TestReporter reporter) {
        report(reporter, crashes(2).failures(new LogScenario(this)));
    }

    private Crashes crashes(int seeds) {
        return new Ground(() -> LogTrial.storage(this), ground().seeds(), ground().every()).crashes(seeds);
    }

    private static void report(TestReporter reporter, long states) {
        reporter.publishEntry("crash states", Long.toString(states));
    }
}
