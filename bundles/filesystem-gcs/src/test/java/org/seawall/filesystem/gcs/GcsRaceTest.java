package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Bucket.Condition;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.StoredObject;

/** Twenty writers at once, twenty times, each by requests of the SDK: does the server itself keep the conditions? */
@ExtendWith(FakeGcsExtension.class)
class GcsRaceTest {

    private static final int WRITERS = 20;
    private static final int ROUNDS = 20;
    private static final String BUCKET = "seawall-race";
    private static FakeGcs server;
    private static ExecutorService writers;

    @BeforeAll
    static void start(FakeGcs started) throws IOException {
        server = started;
        server.makeBucket(BUCKET);
        writers = Executors.newFixedThreadPool(WRITERS);
    }

    @AfterAll
    static void stop() {
        if (writers != null) {
            writers.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 0})
    void ofManyCreatorsOneWins(long threshold) throws Exception {
        try (TestClients store = TestClients.of(server.endpoint(), Map.of("uploadThresholdBytes", threshold))) {
            for (int round = 0; round < ROUNDS; round++) {
                String key = "create-" + threshold + "/" + round;
                assertOneWinner(store.bucket(BUCKET), key, new Condition.Absent());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 0})
    void ofManyThatReplaceOneVersionOneWins(long threshold) throws Exception {
        try (TestClients store = TestClients.of(server.endpoint(), Map.of("uploadThresholdBytes", threshold))) {
            Bucket bucket = store.bucket(BUCKET);
            String key = "replace-" + threshold;
            StoredObject now = bucket.put(key, content(-1), new Condition.Absent(), "begin");
            for (int round = 0; round < ROUNDS; round++) {
                StoredObject next = assertOneWinner(bucket, key, new Condition.Version(now.version()));
                assertNotEquals(now.version(), next.version());
                now = next;
            }
        }
    }

    private static StoredObject assertOneWinner(Bucket bucket, String key, Condition condition) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(WRITERS);
        List<Callable<Optional<StoredObject>>> tasks = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            tasks.add(() -> {
                begin.await();
                try {
                    return Optional.of(bucket.put(key, content(writer), condition, "writer" + writer));
                } catch (ConditionFailedException lost) {
                    return Optional.empty();
                }
            });
        }
        List<StoredObject> winners = new ArrayList<>();
        for (Future<Optional<StoredObject>> done : writers.invokeAll(tasks)) {
            done.get().ifPresent(winners::add);
        }
        assertEquals(1, winners.size(), () -> "winners of " + key + ": " + winners);
        StoredObject winner = winners.get(0);
        assertEquals(Optional.of(winner), bucket.head(key));
        ByteBuffer read = ByteBuffer.allocate((int) winner.size());
        bucket.read(winner, 0, read);
        assertEquals(
                winner.putId().orElseThrow().substring("writer".length()) + " ",
                new String(read.array(), StandardCharsets.UTF_8)
                        .substring(0, winner.putId().orElseThrow().length() - 5));
        return winner;
    }

    private static List<ByteBuffer> content(int writer) {
        return List.of(ByteBuffer.wrap((writer + " " + "x".repeat(3_000)).getBytes(StandardCharsets.UTF_8)));
    }
}
