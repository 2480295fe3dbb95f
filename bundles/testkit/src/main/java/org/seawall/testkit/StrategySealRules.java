package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.LogFencedException;
import org.seawall.spi.filesystem.Capability;

/** Rules W35 to W38: how much a segment takes, and segments that others seal. */
interface StrategySealRules extends StrategyRules {
    private StrategyTrial trial() throws IOException {
        return new StrategyTrial(this, 0);
    }

    private boolean grows(StrategyTrial trial) {
        return strategy().requires().contains(Capability.SEAL)
                && !trial.store().activeFile()
                && !trial.store().segmentPerCommit();
    }

    @Test
    default void w35_aSegmentThatWasJustBegunTakesAGroupOfAnySize() throws IOException {
        StrategyTrial trial = trial();
        trial.log().commit("a");
        String[] names = IntStream.range(0, 100).mapToObj(i -> "b" + i).toArray(String[]::new);
        if (!trial.store().segmentPerCommit()) {
            trial.log().begin();
            assertTrue(trial.store().takes(Long.MAX_VALUE), "takes less right behind the begin");
        }
        trial.log().commit(names);
        List<String> expected = new ArrayList<>(List.of("a"));
        expected.addAll(List.of(names));
        assertEquals(expected, trial.crash());
    }

    /** More groups, and larger ones, than a file takes that grows until it is sealed. */
    @Test
    default void w36_whatASegmentDoesNotTakeItSays() throws IOException {
        StrategyTrial trial = trial();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            String[] names = IntStream.range(0, i == 220 ? 80 : 1)
                    .mapToObj(batch -> "g" + expected.size() + "b" + batch)
                    .toArray(String[]::new);
            trial.log().commit(names);
            expected.addAll(List.of(names));
        }
        assertEquals(expected, trial.crash());
    }

    @Test
    default void w37_aSegmentThatAnotherHasSealedFences() throws IOException {
        StrategyTrial trial = trial();
        NotApplicable.unless(grows(trial), "nothing is sealed");
        trial.log().commit("a");
        String before = trial.text(trial.sealed(1));
        trial.files().seal(trial.sealed(1));
        assertInstanceOf(
                LogFencedException.class, StrategyTrial.failure(trial.store().commit(List.of(SegmentLog.frame("b")))));
        assertEquals(before, trial.text(trial.sealed(1)));
        assertTrue(trial.files().find(trial.sealed(2)).isEmpty(), "went on behind a segment that another has sealed");
    }

    @Test
    default void w38_aSegmentThatAnotherHasAppendedToFences() throws IOException {
        StrategyTrial trial = trial();
        NotApplicable.unless(grows(trial), "nothing is appended to by others");
        trial.log().commit("a");
        long end = trial.store().activeBytes();
        trial.files().append(trial.sealed(1), end, List.of(SegmentLog.bytes("theirs")));
        String before = trial.text(trial.sealed(1));
        assertInstanceOf(
                LogFencedException.class, StrategyTrial.failure(trial.store().commit(List.of(SegmentLog.frame("b")))));
        assertEquals(before, trial.text(trial.sealed(1)));
    }
}
