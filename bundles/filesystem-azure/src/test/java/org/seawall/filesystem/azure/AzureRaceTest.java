package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.StoredObject;

/** The conditions that law 3 needs, raced at the bucket itself, where nothing is repeated or settled. */
@ExtendWith(AzuriteExtension.class)
class AzureRaceTest {

    private static final int THREADS = 20;
    private static final int ROUNDS = 20;
    private static final int BLOCK = 65_536;

    private final String container = "race-" + UUID.randomUUID();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private AzureStore store;
    private AzureBucket bucket;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        azurite.makeContainer(container);
        store = Settings.of(azurite).with("blockBytes", BLOCK).store();
        bucket = store.azureBucket(container);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    @Test
    void ofManyCreatorsOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertOneWinner("create" + round, new Bucket.Condition.Absent(), 10);
        }
    }

    @Test
    void ofManyReplacersOfOneVersionOneWins() throws Exception {
        StoredObject now = bucket.put("replaced", content(0, 10), new Bucket.Condition.Absent(), "first");
        for (int round = 0; round < ROUNDS; round++) {
            now = assertOneWinner("replaced", new Bucket.Condition.Version(now.version()), 10);
        }
    }

    @Test
    void ofManyCreatorsWithBlocksOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertOneWinner("blocks" + round, new Bucket.Condition.Absent(), 3 * BLOCK + 1);
        }
    }

    /** Each writes its number as often as the size says; exactly one is told that it did, and its bytes are there. */
    private StoredObject assertOneWinner(String key, Bucket.Condition condition, int size) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Callable<List<StoredObject>>> writers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            writers.add(() -> {
                begin.await();
                try {
                    return List.of(bucket.put(key, content(number, size), condition, "put-" + number));
                } catch (ConditionFailedException refused) {
                    return List.of();
                } catch (NotDoneException blocksDropped) {
                    // the winner's commit came between our blocks and our commit
                    return List.of();
                }
            });
        }
        List<StoredObject> winners = new ArrayList<>();
        for (Future<List<StoredObject>> writer : threads.invokeAll(writers)) {
            winners.addAll(writer.get());
        }
        assertEquals(1, winners.size(), "writers that were told they won");
        StoredObject winner = winners.get(0);
        assertEquals(winner, bucket.head(key).orElseThrow());
        ByteBuffer there = ByteBuffer.allocate(size);
        bucket.read(winner, 0, there);
        int number = Integer.parseInt(winner.putId().orElseThrow().substring(4));
        assertEquals(content(number, size).get(0), there.flip());
        return winner;
    }

    private static List<ByteBuffer> content(int number, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) number);
        return List.of(ByteBuffer.wrap(bytes));
    }
}
