package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.at;
import static org.seawall.filesystem.common.TestFiles.bytes;
import static org.seawall.filesystem.common.TestFiles.text;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;

/**
 * Faults of every kind, drawn: what returned is there, what failed with anything but {@link OutcomeUnknownException} is not, also
 * when everything that was on its way has arrived. Few attempts, so that many calls fail.
 */
class StormTest {

    private static final RetrySettings FEW =
            new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1), 0);

    @Test
    void whatWasCreatedIsThereAndWhatFailedIsNot() throws IOException {
        int unknown = 0;
        int failed = 0;
        for (int seed = 0; seed < 60; seed++) {
            MemoryBucket store = new MemoryBucket(7);
            FaultyBucket bucket = new FaultyBucket(store, seed, 60);
            Map<String, Boolean> known = new TreeMap<>();
            try (TestFiles test = TestFiles.over(bucket, FEW, false)) {
                for (int i = 0; i < 40; i++) {
                    String name = "wal/" + i;
                    if (i % 4 == 0) {
                        store.put(name, bytes("rival"), new Bucket.Condition.Absent(), "rival");
                    }
                    try {
                        test.files().create(at(name), bytes(name));
                        known.put(name, true);
                    } catch (OutcomeUnknownException e) {
                        unknown++;
                    } catch (IOException e) {
                        known.put(name, false);
                        failed++;
                    }
                }
                bucket.settle();
            }
            assertKnown(store, known, seed);
        }
        assertTrue(unknown > 50 && failed > 50, "too few faults, unknown=" + unknown + ", failed=" + failed);
    }

    private static void assertKnown(MemoryBucket store, Map<String, Boolean> known, int seed) throws IOException {
        try (TestFiles calm = TestFiles.over(store)) {
            for (Map.Entry<String, Boolean> each : known.entrySet()) {
                boolean there = calm.files().find(at(each.getKey())).isPresent()
                        && text(calm.files(), at(each.getKey())).equals(each.getKey());
                assertEquals(each.getValue(), there, each.getKey() + ", seed=" + seed);
            }
        }
    }

    @Test
    void aChainOfReplacementsHasNoStepThatIsLostOrDoneTwice() throws IOException {
        int unknown = 0;
        for (int seed = 0; seed < 60; seed++) {
            MemoryBucket store = new MemoryBucket();
            FaultyBucket bucket = new FaultyBucket(store, seed, 60);
            try (TestFiles test = TestFiles.over(bucket, FEW, false);
                    TestFiles calm = TestFiles.over(store)) {
                FileInfo newest = calm.files().create(at("head"), bytes("start"));
                String expected = "start";
                for (int i = 0; i < 40; i++) {
                    try {
                        newest = test.files().replace(at("head"), bytes("step " + i), Optional.of(newest.version()));
                        expected = "step " + i;
                    } catch (OutcomeUnknownException e) {
                        unknown++;
                        bucket.settle();
                        newest = calm.files().find(at("head")).orElseThrow();
                        expected = text(calm.files(), at("head"));
                    } catch (IOException e) {
                        bucket.settle();
                    }
                    assertEquals(expected, text(calm.files(), at("head")), "seed=" + seed + ", step=" + i);
                }
            }
        }
        assertTrue(unknown > 50, "too few faults, unknown=" + unknown);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        MemoryBucket store = new MemoryBucket(3);
        try (TestFiles calm = TestFiles.over(store);
                TestFiles test = TestFiles.over(new FaultyBucket(store, 5, 30))) {
            for (int i = 0; i < 9; i++) {
                calm.files().create(at("wal/" + i), bytes("content of " + i));
            }
            for (int round = 0; round < 50; round++) {
                assertEquals("content of " + round % 9, text(test.files(), at("wal/" + round % 9)));
                assertEquals(9, test.files().list(at("wal")).size());
            }
        }
    }
}
