package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Kills the process that writes, again and again; every process first prints what it recovered, then goes on.
 *
 * <p>A killed process loses nothing that it handed to the operating system: what a loss of power takes is tested where
 * files can be made to forget, in the file system's and the engine's own tests.
 */
class KillTest {
    private static final int DIMENSION = 32;
    private static final int BATCH = 20;
    /** More than a process writes before it is killed. */
    private static final int BATCHES_PER_ROUND = 300;

    private static final String SMALL_SEGMENTS = """
            { "wal.url": "file:${seawall.home}/data/wal", "segmentBytes": 65536 }
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int rounds = Integer.getInteger("kill.rounds", 3);
    private final Random random = new Random(Long.getLong("kill.seed", 1));
    private final Vectors vectors = Vectors.random((rounds + 1) * BATCHES_PER_ROUND * BATCH, DIMENSION, random);
    private int tornTails;

    @Test
    void whatWasAcknowledgedIsThereAfterAnyKill() throws Exception {
        Seawall seawall = Seawall.at("kill");
        seawall.configure("org.seawall.log~default.cfg.json", SMALL_SEGMENTS);
        Path file = vectors.write(seawall.file("rows.fvecs"));
        AckLog acks = new AckLog(seawall.file("acks"), BATCH);
        String ingest = "wal:ingest v " + file + " --batch " + BATCH + " --ack-log " + acks.file();

        kill(seawall.start("wal:create v --dimension " + DIMENSION, ingest), acks, 1 + random.nextInt(100));
        for (int round = 1; round < rounds; round++) {
            long acknowledged = acks.lastSequence();
            Running next = seawall.start("wal:tail v --json", "wal:status --json", ingest + " --resume");
            if (random.nextInt(5) == 0) {
                // nothing is held of what was not printed to the end
                kill(next, acks, 0);
                printed(next);
            } else {
                kill(next, acks, 1 + random.nextInt(100));
                assertRecovered(next, acknowledged);
            }
        }
        long acknowledged = acks.lastSequence();
        Running last = seawall.start("wal:tail v --json", "wal:status --json", ingest + " --resume");
        assertEquals(Outcome.OK, last.awaitEnd().status());
        assertRecovered(last, acknowledged);

        Running all = seawall.start("wal:tail v --json");
        assertEquals(Outcome.OK, all.awaitEnd().status());
        assertEquals(vectors.rows().size(), printed(all));
        assertEquals(vectors.rows().size(), acks.lastSequence());
        System.out.println("kills: " + rounds + ", torn tails: " + tornTails + ", rows: " + printed(all));
    }

    /** Waits for so many more lines of acknowledgements, or for the first output, and a moment more. */
    private void kill(Running running, AckLog acks, int lines) throws InterruptedException {
        long before = acks.lines();
        if (lines == 0) {
            running.awaitWhileAlive(
                    "its first output", () -> running.out().toFile().length() > 0);
        } else {
            running.awaitWhileAlive("it wrote", () -> acks.lines() >= before + lines);
        }
        LockSupport.parkNanos(random.nextInt(3_000_000));
        running.kill();
    }

    private void assertRecovered(Running reader, long acknowledged) throws IOException {
        long recovered = printed(reader);
        assertTrue(recovered >= acknowledged, "acknowledged=" + acknowledged + ", recovered=" + recovered);
        assertEquals(0, recovered % BATCH, "a batch is there in part, recovered=" + recovered);
    }

    /** How many entries were printed, once it is held that they are the file's first rows, each once and in order. */
    private long printed(Running running) throws IOException {
        long count = 0;
        try (BufferedReader lines = Files.newBufferedReader(running.out())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last line of a process that was killed may be cut off
                if (line.startsWith("{") && line.endsWith("}")) {
                    assertIsRow(count++, JSON.readTree(line));
                } else if (line.startsWith("[") && line.endsWith("]")) {
                    countVerdict(JSON.readTree(line));
                }
            }
        }
        return count;
    }

    private void assertIsRow(long row, JsonNode entry) {
        assertEquals(row + 1, entry.get("sequence").longValue());
        assertEquals(Long.toString(row), entry.get("id").textValue());
        assertEquals("put", entry.get("operation").textValue());
        float[] expected = vectors.rows().get((int) row);
        JsonNode actual = entry.get("vector");
        assertEquals(expected.length, actual.size());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual.get(i).floatValue(), "row=" + row + ", component=" + i);
        }
    }

    private void countVerdict(JsonNode logs) {
        JsonNode recovery = logs.get(0).get("collections").get(0).get("recovery");
        String verdict = recovery.get("verdict").textValue();
        assertTrue(Set.of("complete", "torn_tail").contains(verdict), recovery::toString);
        tornTails += verdict.equals("torn_tail") ? 1 : 0;
    }
}
