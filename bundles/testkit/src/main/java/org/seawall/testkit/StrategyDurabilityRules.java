package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;

/** Rules W10 to W16 and W25 to W27: what is durable when a call returns. */
interface StrategyDurabilityRules extends StrategyRules {
    private int seeds() {
        return Math.min(StrategyTrial.SEEDS, ground().seeds());
    }

    private void forEverySeed(Action<StrategyTrial> check) throws IOException {
        for (long seed = 0; seed < seeds(); seed++) {
            check.with(new StrategyTrial(this, seed));
        }
    }

    @Test
    default void w10_aGroupIsDurableWhenItsFutureCompletes() throws IOException {
        forEverySeed(trial -> {
            trial.log().commit("a");
            trial.log().commit("b", "c");
            assertEquals(List.of("a", "b", "c"), trial.crash(), trial.process()::toString);
        });
    }

    @Test
    default void w11_groupsBecomeDurableInTheOrderOfTheCalls() throws IOException {
        forEverySeed(trial -> {
            trial.log().commit("a");
            CompletableFuture<Void> second = trial.store().segmentPerCommit()
                    ? CompletableFuture.completedFuture(null)
                    : trial.store().commit(List.of(SegmentLog.frame("b")));
            trial.log().commit("c");
            second.join();
            List<String> expected = trial.store().segmentPerCommit() ? List.of("a", "c") : List.of("a", "b", "c");
            assertEquals(expected, trial.crash(), trial.process()::toString);
        });
    }

    @Test
    default void w12_aSealedSegmentIsDurableUnderItsName() throws IOException {
        forEverySeed(trial -> {
            trial.log().commit("a");
            trial.log().roll();
            trial.process().crash();
            assertEquals("[1]", trial.text(trial.sealed(1)).substring(0, 3), trial.process()::toString);
        });
    }

    @Test
    default void w13_theSegmentsOfAFinishedChangeAreThereAfterACrash() throws IOException {
        forEverySeed(trial -> {
            trial.log().commit("a");
            trial.log().roll();
            trial.log().commit("b");
            assertEquals(List.of("a", "b"), trial.crash(), trial.process()::toString);
            trial.log().commit("c");
            trial.log().roll();
            assertEquals(List.of("a", "b", "c"), trial.crash(), trial.process()::toString);
        });
    }

    /** A process dies in the middle of a commit; what the next one reads back it shows, so it may not be lost any more. */
    @Test
    default void w14_whatWasReadBackIsDurableWhenResumed() throws IOException {
        for (long operation = 1; ; operation++) {
            StrategyTrial trial = new StrategyTrial(this, 0);
            trial.log().commit("a");
            trial.process().stopAt(operation, Moment.AFTER);
            boolean stopped = false;
            try {
                trial.log().commit("b");
            } catch (IOException | SeawallException e) {
                stopped = trial.process().stopped();
                assertTrue(stopped, e::toString);
            }
            List<String> seen = trial.restart();
            assertEquals(seen, trial.crash(), () -> "seen, and then lost, " + trial.process());
            if (!stopped) {
                return;
            }
        }
    }

    @Test
    default void w15_aTornTailIsCopiedWithoutItsZeroesAndCutOff() throws IOException {
        forEverySeed(trial -> {
            NotApplicable.unless(trial.store().activeFile(), "nothing is ever torn");
            trial.log().commit("a");
            long end = trial.store().activeBytes();
            SegmentFile active = trial.tear("<torn\0:tail\0\0\0");
            trial.store().cutTail(active, end, trial.copy());
            trial.process().crash();
            assertEquals("<torn\0:tail", trial.text(trial.copy()), trial.process()::toString);
            String left = trial.text(active.location());
            assertEquals(end, left.replaceAll("\0+$", "").length(), "length after the cut");
        });
    }

    /** At every operation of the cut: either the copy is whole, or the tail is still where it was. */
    @Test
    default void w16_nothingIsCutBeforeTheCopyIsDurable() throws IOException {
        forEverySeed(each -> NotApplicable.unless(each.store().activeFile(), "nothing is ever torn"));
        for (long operation = 1; ; operation++) {
            boolean stopped = false;
            for (long seed = 0; seed < seeds(); seed++) {
                StrategyTrial trial = new StrategyTrial(this, seed);
                trial.log().commit("a");
                long end = trial.store().activeBytes();
                SegmentFile active = trial.tear("<torn:tail");
                trial.process().stopAt(operation, Moment.AFTER);
                stopped = !cut(trial, active, end);
                trial.process().crash();
                boolean copied =
                        exists(trial, trial.copy()) && trial.text(trial.copy()).equals("<torn:tail");
                boolean there = trial.text(active.location()).startsWith("<torn:tail", (int) end);
                assertTrue(copied || there, () -> "cut, and no copy, " + trial.process());
            }
            if (!stopped) {
                return;
            }
        }
    }

    @Test
    default void w25_whatIsWrittenSurvivesTheDeathOfTheProcess() throws IOException {
        StrategyTrial trial = new StrategyTrial(this, 0);
        trial.log().write("a");
        trial.log().write("b", "c");
        assertEquals(List.of("a", "b", "c"), trial.restart(), trial.process()::toString);
    }

    /** Without waiting for the writes: a sync counts from its call on. */
    @Test
    default void w26_aSyncMakesEverythingDurableThatWasWrittenBefore() throws IOException {
        forEverySeed(trial -> {
            List<CompletableFuture<Void>> writes = List.of(
                    trial.log().writing("a"),
                    trial.log().writing("b", "c"),
                    trial.log().writing("d"));
            trial.log().sync();
            assertEquals(List.of("a", "b", "c", "d"), trial.crash(), trial.process()::toString);
            writes.forEach(CompletableFuture::join);
        });
    }

    @Test
    default void w27_aSealedSegmentHoldsWhatWasWrittenWithoutASync() throws IOException {
        forEverySeed(trial -> {
            trial.log().commit("a");
            trial.log().write("b");
            trial.log().write("c");
            trial.log().roll();
            assertEquals(List.of("a", "b", "c"), trial.crash(), trial.process()::toString);
        });
    }

    private static boolean cut(StrategyTrial trial, SegmentFile active, long end) {
        try {
            trial.store().cutTail(active, end, trial.copy());
            return true;
        } catch (IOException | SeawallException e) {
            assertTrue(trial.process().stopped(), e::toString);
            return false;
        }
    }

    private static boolean exists(StrategyTrial trial, Location file) {
        try {
            trial.text(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
