package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.SealedException;
import org.seawall.filesystem.common.StoredObject;

/** The position of an append and the seal, raced at the bucket itself, where nothing is repeated or settled. */
@ExtendWith(AzuriteExtension.class)
class AzureAppendRaceTest {

    private static final int THREADS = 20;
    private static final int ROUNDS = 20;
    private static final int BYTES = 100;

    private final String container = "race-" + UUID.randomUUID();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private AzureStore store;
    private AzureBucket bucket;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        azurite.makeContainer(container);
        store = Settings.of(azurite).store();
        bucket = store.azureBucket(container);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    private interface Attempt {
        boolean made(int thread) throws IOException;
    }

    /** The threads whose attempts succeeded, all of which began at once. */
    private List<Integer> raced(Attempt attempt) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            all.add(() -> {
                begin.await();
                return attempt.made(thread);
            });
        }
        List<Integer> succeeded = new ArrayList<>();
        List<Future<Boolean>> made = threads.invokeAll(all);
        for (int i = 0; i < THREADS; i++) {
            if (made.get(i).get()) {
                succeeded.add(i);
            }
        }
        return succeeded;
    }

    private static List<ByteBuffer> content(int number) {
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, (byte) number);
        return List.of(ByteBuffer.wrap(bytes));
    }

    private boolean appended(String key, long position, int thread) throws IOException {
        try {
            bucket.append(key, position, content(thread));
            return true;
        } catch (ConditionFailedException | SealedException refused) {
            return false;
        }
    }

    /** At the begin too, where all create it first. */
    @Test
    void ofManyThatAppendAtOnePositionOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long position = (long) round * BYTES;
            List<Integer> winners = raced(thread -> {
                if (position == 0) {
                    bucket.begin("grown");
                }
                return appended("grown", position, thread);
            });
            assertEquals(1, winners.size(), "appends that were told they took place, round=" + round);
            StoredObject now = bucket.head("grown").orElseThrow();
            assertEquals(position + BYTES, now.size());
            ByteBuffer there = ByteBuffer.allocate(BYTES);
            bucket.read(now, position, there);
            assertEquals(content(winners.get(0)).get(0), there.flip());
        }
    }

    /** Half of the threads append at one position, the rest seal: what was appended is within the final length. */
    @Test
    void whatWasAppendedIsWithinTheLengthBehindTheSeal() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "sealed" + round;
            bucket.begin(key);
            long[] sealed = new long[THREADS];
            List<Integer> winners = raced(thread -> {
                if (thread < THREADS / 2) {
                    return appended(key, 0, thread);
                }
                bucket.seal(key);
                sealed[thread] = bucket.head(key).orElseThrow().size();
                return false;
            });
            long size = bucket.head(key).orElseThrow().size();
            assertEquals(winners.size() * (long) BYTES, size, "length, of what was appended");
            for (int thread = THREADS / 2; thread < THREADS; thread++) {
                assertEquals(size, sealed[thread], "length behind a seal");
            }
            assertThrows(SealedException.class, () -> bucket.append(key, size, content(1)));
        }
    }

    @Test
    void whatIsWholeTakesNoAppendAndWhatGrowsIsNotCreated() throws IOException {
        bucket.put("whole", content(1), new Bucket.Condition.Absent(), "put");
        bucket.begin("whole");
        assertThrows(SealedException.class, () -> bucket.append("whole", BYTES, content(2)));
        bucket.seal("whole");
        bucket.begin("grown");
        assertThrows(
                ConditionFailedException.class,
                () -> bucket.put("grown", content(1), new Bucket.Condition.Absent(), "put"));
    }
}
