package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int rounds = Integer.getInteger("kill.rounds", 3);
    private final Random random = new Random(Long.getLong("kill.seed", 1));
    private int tornTails;

    /**
     * What is written.
     *
     * @param batch rows of a batch
     * @param batches how many there are for a round: more than a process writes before it is killed
     * @param acknowledgements how many of them at most are waited for before the kill
     * @param segmentBytes at what length a segment is sealed
     * @param snapshotBytes after how many bytes a snapshot is written, and what it covers archived
     */
    private record Load(int batch, int batches, int acknowledgements, int segmentBytes, int snapshotBytes) {}

    @Test
    void whatWasAcknowledgedIsThereAfterKillsAmongManySegmentsAndSnapshots() throws Exception {
        killAndRecover("kill-small", new Load(20, 300, 100, 65_536, 200_000));
    }

    /** A kill can cut a long write off in its middle. */
    @Test
    void whatWasAcknowledgedIsThereAfterKillsInLongWrites() throws Exception {
        killAndRecover("kill-large", new Load(500, 60, 15, 4_194_304, 20_000_000));
    }

    private void killAndRecover(String name, Load load) throws IOException, InterruptedException {
        Vectors vectors = Vectors.random((rounds + 1) * load.batches * load.batch, DIMENSION, random);
        Seawall seawall = Seawall.at(name);
        seawall.configure(
                "org.seawall.log~default.cfg.json",
                "{ \"wal.url\": \"file:${seawall.home}/data/wal\", \"segmentBytes\": " + load.segmentBytes
                        + ", \"snapshotBytes\": " + load.snapshotBytes + " }");
        AckLog acks = new AckLog(seawall.file("acks"), load.batch);
        String ingest = "wal:ingest v " + vectors.write(seawall.file("rows.fvecs")) + " --batch " + load.batch
                + " --ack-log " + acks.file();

        Running first = seawall.start("wal:create v --dimension " + DIMENSION, ingest);
        kill(first, acks, 1 + random.nextInt(load.acknowledgements));
        for (int round = 1; round < rounds; round++) {
            long acknowledged = acks.lastSequence();
            Running next = seawall.start("wal:tail v --json", "wal:status --json", ingest + " --resume");
            if (random.nextInt(5) == 0) {
                // while it reads: nothing is held of what was not printed to the end
                kill(next, acks, 0);
                printed(next, vectors);
            } else {
                kill(next, acks, 1 + random.nextInt(load.acknowledgements));
                assertRecovered(printed(next, vectors), acknowledged, load);
            }
        }
        long acknowledged = acks.lastSequence();
        Running last = seawall.start("wal:tail v --json", "wal:status --json", ingest + " --resume");
        assertEquals(Outcome.OK, last.awaitStatus());
        assertRecovered(printed(last, vectors), acknowledged, load);

        Running all = seawall.start("wal:tail v --json");
        assertEquals(Outcome.OK, all.awaitStatus());
        assertEquals(vectors.rows().size(), printed(all, vectors));
        assertEquals(vectors.rows().size(), acks.lastSequence());
        System.out.println(name + ": kills=" + rounds + ", tornTails=" + tornTails + ", rows="
                + vectors.rows().size());
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

    private static void assertRecovered(long recovered, long acknowledged, Load load) {
        assertTrue(recovered >= acknowledged, "acknowledged=" + acknowledged + ", recovered=" + recovered);
        assertEquals(0, recovered % load.batch, "a batch is there in part, recovered=" + recovered);
    }

    /**
     * How many entries were printed, once it is held that they are the file's first rows, each once and in order. What was
     * printed is deleted then: a long campaign prints more than a disk holds.
     */
    private long printed(Running running, Vectors vectors) throws IOException {
        long count = 0;
        try (BufferedReader lines = Files.newBufferedReader(running.out())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last line of a process that was killed may be cut off
                if (line.startsWith("{") && line.endsWith("}")) {
                    assertIsRow(count, vectors.rows().get((int) count), JSON.readTree(line));
                    count++;
                } else if (line.startsWith("[") && line.endsWith("]")) {
                    countVerdict(JSON.readTree(line));
                }
            }
        }
        Files.delete(running.out());
        return count;
    }

    private static void assertIsRow(long row, float[] expected, JsonNode entry) {
        assertEquals(row + 1, entry.get("sequence").longValue());
        assertEquals(Long.toString(row), entry.get("id").textValue());
        assertEquals("put", entry.get("operation").textValue());
        JsonNode actual = entry.get("vector");
        assertEquals(expected.length, actual.size());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual.get(i).floatValue(), "row=" + row + ", component=" + i);
        }
    }

    private void countVerdict(JsonNode logs) {
        JsonNode recovery = logs.get(0).get("collections").get(0).get("recovery");
        String verdict = recovery.get("verdict").textValue();
        assertTrue(Set.of("complete", "torn-tail").contains(verdict), recovery::toString);
        tornTails += verdict.equals("torn-tail") ? 1 : 0;
    }
}
