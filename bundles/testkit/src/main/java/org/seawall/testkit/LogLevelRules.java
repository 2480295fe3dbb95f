package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.testkit.LogTrial.C;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.seawall.Acknowledgement;
import org.seawall.SequenceRange;
import org.seawall.SerializationException;
import org.seawall.catalog.CollectionSpec;

/** Rules L28 to L34: levels of acknowledgement, visibility, and the settings of a collection. */
interface LogLevelRules extends LogTrial.Opener {
    private LogTrial trial() throws Exception {
        return new LogTrial(this);
    }

    /** A force that comes by itself would hide what a level leaves undone. */
    private LogTrial trial(String visibility) throws Exception {
        LogTrial trial = trial();
        trial.set(Map.of("visibility", visibility, "syncMillis", "3600000"));
        return trial;
    }

    @Test
    default void l28_atEveryLevelSequencesHaveNoGapAndAreToldAsTheyAre() throws Exception {
        try (LogTrial trial = trial("DURABLE")) {
            List<CompletableFuture<SequenceRange>> appends = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                for (Acknowledgement level : Acknowledgement.values()) {
                    appends.add(trial.submit(level, level + "-" + i + "-0", level + "-" + i + "-1"));
                }
            }
            trial.append("last");
            List<String> ids = trial.ids();
            assertEquals(81, ids.size());
            for (int i = 0; i < appends.size(); i++) {
                SequenceRange range = LogTrial.acknowledged(appends.get(i));
                assertEquals(new SequenceRange(2 * i + 1, 2 * i + 2), range);
                String level = Acknowledgement.values()[i % 4].name();
                assertEquals(level + "-" + i / 4 + "-0", ids.get(2 * i), "the entry of the sequence that was told");
            }
        }
    }

    @Test
    default void l29_whatIsAcknowledgedAsWrittenSurvivesTheDeathOfTheProcess() throws Exception {
        for (Acknowledgement level : List.of(Acknowledgement.OS, Acknowledgement.PERIODIC)) {
            try (LogTrial trial = trial("DURABLE")) {
                LogTrial.acknowledged(trial.submit(level, "a"));
                LogTrial.acknowledged(trial.submit(level, "b", "c"));
                trial.die();
                assertEquals(List.of("a", "b", "c"), trial.ids(), level::toString);
            }
        }
    }

    @Test
    default void l30_aDurableAppendMakesDurableWhatIsBeforeIt() throws Exception {
        try (LogTrial trial = trial("DURABLE")) {
            List<String> ids = new ArrayList<>();
            for (Acknowledgement level : Acknowledgement.values()) {
                LogTrial.acknowledged(trial.submit(level, level.name()));
                ids.add(level.name());
            }
            trial.crash();
            assertEquals(ids, trial.ids());
        }
    }

    @Test
    default void l31_aRollASnapshotAndACloseForceAndShowWhatIsBeforeThem() throws Exception {
        try (LogTrial trial = trial("DURABLE")) {
            LogTrial.acknowledged(trial.submit(Acknowledgement.PERIODIC, "a"));
            trial.log().roll(C);
            assertEquals(List.of("a"), trial.ids(), "behind a roll");
            LogTrial.acknowledged(trial.submit(Acknowledgement.PERIODIC, "b"));
            assertEquals(2, trial.log().snapshot(C));
            assertTrue(trial.finds("b"), "behind a snapshot");
            trial.crash();
            assertTrue(trial.finds("a") && trial.finds("b"), "lost behind a snapshot");
            LogTrial.acknowledged(trial.submit(Acknowledgement.PERIODIC, "c"));
            trial.reopen();
            trial.crash();
            assertTrue(trial.finds("c"), "lost behind a close");
        }
    }

    @Test
    default void l32_whereVisibilityIsImmediateWhatIsWrittenIsSeen() throws Exception {
        try (LogTrial trial = trial("IMMEDIATE")) {
            for (int i = 0; i < 10; i++) {
                String id = "a" + i;
                LogTrial.acknowledged(trial.submit(i % 2 == 0 ? Acknowledgement.OS : Acknowledgement.PERIODIC, id));
                assertTrue(trial.finds(id), id);
            }
        }
    }

    @Test
    default void l33_aSettingThatIsNoneOrOutOfItsRangeIsRefusedByName() throws Exception {
        try (LogTrial trial = trial()) {
            Map<String, String> before = trial.log().settings(C);
            for (Map.Entry<String, String> wrong : Map.of(
                            "no.such.setting", "1", "acknowledgement", "SOMETIMES", "maxBatchEntries", "0")
                    .entrySet()) {
                Map<String, String> settings = Map.of(wrong.getKey(), wrong.getValue());
                CollectionSpec spec = CollectionSpec.payloads("other").withSettings(settings);
                for (Exception refused : List.of(
                        assertThrows(IllegalArgumentException.class, () -> trial.set(settings)),
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> trial.log().catalog().create(spec)))) {
                    assertTrue(refused.getMessage().contains(wrong.getKey()), refused::toString);
                }
            }
            assertEquals(before, trial.log().settings(C));
            assertEquals(1, trial.log().catalog().list().size());
        }
    }

    @Test
    default void l34_aSettingTakesEffectAtOnceAndStays() throws Exception {
        try (LogTrial trial = trial()) {
            trial.append("a", "b");
            trial.set(Map.of("maxBatchEntries", "1"));
            assertThrows(SerializationException.class, () -> trial.append("c", "d"));
            assertEquals("1", trial.log().settings(C).get("maxBatchEntries"));
            trial.crash();
            assertThrows(SerializationException.class, () -> trial.append("c", "d"));
            trial.set(Map.of());
            trial.append("c", "d");
            assertEquals(List.of("a", "b", "c", "d"), trial.ids());
        }
    }
}
