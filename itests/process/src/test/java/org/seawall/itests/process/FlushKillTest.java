package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Kills a process that flushes into parts and compacts them, again and again; what was acknowledged is found, once. */
class FlushKillTest {
    private static final int HOMES = Integer.getInteger("kill.homes", 1);
    private static final int ROUNDS = 5;
    private static final int DIMENSION = 16;
    private static final int BATCH = 20;
    /** All of a home are the hits of one search. */
    private static final int ROWS_PER_ROUND = 1_600;

    private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");
    private static final Pattern FLUSHED = Pattern.compile("\"flushedSequence\":(\\d+)");

    @Test
    void whatWasAcknowledgedIsFoundOnceAfterKillsInFlushes() throws Exception {
        for (int home = 0; home < HOMES; home++) {
            run("kill-flush-" + home, new Random(Long.getLong("kill.seed", 1) + home));
        }
    }

    private static void run(String name, Random random) throws Exception {
        Seawall seawall = Seawall.at(name);
        seawall.configure("org.seawall.log~default.cfg.json", """
                { "wal.url": "file:${seawall.home}/data/wal", "segmentBytes": 65536, "flushEntries": 300,
                  "flushMillis": 200 }""");
        seawall.configure("org.seawall.viper~default.cfg.json", """
                { "viper.url": "file:${seawall.home}/data/viper", "compactParts": 2, "keptManifests": 1 }""");
        Rows rows = new Rows(seawall.file("rows.fvecs"), DIMENSION);
        AckLog acks = new AckLog(seawall.file("acks"), BATCH);
        String ingest = "wal:ingest v " + rows.file() + " --batch " + BATCH + " --ack-log " + acks.file();
        rows.growTo(ROWS_PER_ROUND);
        seawall.run("wal:create v --dimension " + DIMENSION, ingest).assertOk();
        long flushed = 0;
        for (int round = 1; round < ROUNDS; round++) {
            rows.growTo((round + 1L) * ROWS_PER_ROUND);
            long lines = acks.lines();
            Running running = seawall.start(ingest + " --resume", "wal:flush v", "wal:tail v --follow");
            running.awaitWhileAlive("it wrote", () -> acks.lines() > lines);
            // before the flush, in it, behind it, in a compaction
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(600)));
            running.kill();
            Outcome found =
                    seawall.run("wal:search v --vector " + zeroes() + " -k 10000 --exact --json", "wal:status --json");
            found.assertOk();
            flushed = Math.max(flushed, verified(String.join("\n", found.out()), acks.lastSequence()));
        }
        seawall.run(ingest + " --resume", "wal:flush v").assertOk();
        Outcome all =
                seawall.run("wal:search v --vector " + zeroes() + " -k 10000 --exact --json", "wal:status --json");
        all.assertOk();
        assertEquals(rows.count(), verified(String.join("\n", all.out()), rows.count()));
        System.out.println(name + ": kills=" + (ROUNDS - 1) + ", rows=" + rows.count()
                + ", flushed before the last start=" + flushed);
    }

    /** Everything that was acknowledged is there, in whole batches, and nothing twice; returns up to where it was flushed. */
    private static long verified(String out, long acknowledged) {
        List<String> ids =
                ID.matcher(out).results().map(match -> match.group(1)).toList();
        Set<Long> once = ids.stream().map(Long::valueOf).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(ids.size(), once.size(), "found twice");
        assertTrue(once.size() >= acknowledged, () -> "acknowledged=" + acknowledged + ", found=" + once.size());
        assertEquals(
                LongStream.range(0, once.size()).boxed().collect(Collectors.toCollection(TreeSet::new)), once, "a gap");
        assertEquals(0, once.size() % BATCH, "a batch is there in part");
        return FLUSHED.matcher(out)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .max()
                .orElse(0);
    }

    private static String zeroes() {
        return String.join(",", Collections.nCopies(DIMENSION, "0"));
    }
}
