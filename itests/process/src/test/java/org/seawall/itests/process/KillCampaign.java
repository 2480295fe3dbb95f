package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Kills on one home: each process is killed at another moment, and the next one prints what it recovered and goes on. */
final class KillCampaign {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);
    private static final int DIMENSION = 32;
    private static final int COMPACT_SEGMENTS = 4;
    private static final List<String> MAINTENANCE = List.of("wal:snapshot v", "wal:roll v", "wal:compact v");

    private final String name;
    private final Load load;
    private final Random random;
    private final Seawall seawall;
    private final Rows rows;
    private final AckLog acks;
    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
    private int tornTails;

    /**
     * What is written.
     *
     * @param strategy how segments are written
     * @param batch rows of a batch
     * @param acknowledgements how many batches at most are waited for before the kill
     * @param segmentBytes at what length a segment is sealed
     * @param snapshotBytes after how many bytes a snapshot is written, and what it covers archived
     */
    record Load(String strategy, int batch, int acknowledgements, int segmentBytes, int snapshotBytes) {}

    /** When a process is killed. */
    private enum Moment {
        /** While it writes. */
        WRITING,
        /** While it prints what it recovered. */
        READING,
        /** While it recovers. */
        RECOVERING,
        /** While it takes a snapshot, rolls or compacts, by command; it does so by itself while it writes. */
        MAINTAINING
    }

    KillCampaign(String name, Load load, long seed) throws IOException {
        this.name = name;
        this.load = load;
        this.random = new Random(seed);
        this.seawall = Seawall.at(name);
        this.rows = new Rows(seawall.file("rows.fvecs"), DIMENSION);
        this.acks = new AckLog(seawall.file("acks"), load.batch);
    }

    void run() throws IOException, InterruptedException {
        configure();
        more();
        killAt(Moment.WRITING, seawall.start("wal:create v --dimension " + DIMENSION, ingest()));
        for (int round = 1; round < ROUNDS; round++) {
            configure();
            more();
            round();
        }
        long acknowledged = acks.lastSequence();
        Running last = seawall.start("wal:tail v --json", "wal:status --json", ingest() + " --resume");
        assertEquals(Outcome.OK, last.awaitStatus());
        assertRecovered(printed(last), acknowledged);

        Running all = seawall.start("wal:tail v --json");
        assertEquals(Outcome.OK, all.awaitStatus());
        assertEquals(rows.count(), printed(all));
        assertEquals(rows.count(), acks.lastSequence());
        Files.delete(rows.file());
        System.out.println(name + ": kills=" + kills + ", tornTails=" + tornTails + ", compactedRuns=" + compactedRuns()
                + ", rows=" + rows.count());
    }

    private void round() throws IOException, InterruptedException {
        long acknowledged = acks.lastSequence();
        Moment moment = moment();
        if (moment == Moment.MAINTAINING) {
            Running running = seawall.start("wal:status --json", pick(), pick(), pick(), ingest() + " --resume");
            killAt(moment, running);
            Files.delete(running.out());
            return;
        }
        Running running = seawall.start("wal:tail v --json", "wal:status --json", ingest() + " --resume");
        killAt(moment, running);
        long recovered = printed(running);
        if (moment == Moment.WRITING) {
            assertRecovered(recovered, acknowledged);
        }
    }

    private Moment moment() {
        return switch (random.nextInt(10)) {
            case 0 -> Moment.READING;
            case 1, 2 -> Moment.RECOVERING;
            case 3, 4 -> Moment.MAINTAINING;
            default -> Moment.WRITING;
        };
    }

    private String pick() {
        return MAINTENANCE.get(random.nextInt(MAINTENANCE.size()));
    }

    /** The next process writes in one format or the other; what is there is in both. */
    private void configure() throws IOException {
        seawall.configure(
                "org.seawall.log~default.cfg.json",
                "{ \"wal.url\": \"file:${seawall.home}/data/wal\", \"strategy\": \"" + load.strategy
                        + "\", \"serializer\": \"" + (random.nextBoolean() ? "avro" : "protobuf")
                        + "\", \"segmentBytes\": " + load.segmentBytes + ", \"snapshotBytes\": " + load.snapshotBytes
                        + ", \"compactSegments\": " + COMPACT_SEGMENTS
                        // all of it is printed, so nothing leaves the log
                        + ", \"flushBytes\": 0, \"flushMillis\": 0 }");
    }

    /** More rows than a process writes before it is killed. */
    private void more() throws IOException {
        long acknowledged = Files.exists(acks.file()) ? acks.lastSequence() : 0;
        rows.growTo(acknowledged + (long) load.batch * load.acknowledgements * 4);
    }

    private String ingest() {
        return "wal:ingest v " + rows.file() + " --batch " + load.batch + " --ack-log " + acks.file();
    }

    private void killAt(Moment moment, Running running) throws InterruptedException {
        int millis = 3;
        switch (moment) {
            case WRITING -> {
                long wanted = acks.lines() + 1 + random.nextInt(load.acknowledgements);
                running.awaitWhileAlive("it wrote", () -> acks.lines() >= wanted);
            }
            case READING -> running.awaitWhileAlive("its first output", () -> hasPrinted(running));
            case RECOVERING -> {
                running.awaitWhileAlive("it locked the log", () -> hasLocked(running));
                millis = 200;
            }
            case MAINTAINING -> {
                running.awaitWhileAlive("its first output", () -> hasPrinted(running));
                millis = 60;
            }
        }
        LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(millis)));
        running.kill();
        kills.merge(moment, 1, Integer::sum);
    }

    private static boolean hasPrinted(Running running) {
        return running.out().toFile().length() > 0;
    }

    /** The log says in its lock's file who has it, and reads what is there after that. */
    private boolean hasLocked(Running running) {
        Path lock = seawall.file("data/wal/wal.lock");
        try {
            return Files.readString(lock).startsWith("pid " + running.process().pid() + ",");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long compactedRuns() throws IOException {
        try (Stream<Path> files = Files.walk(seawall.onlyCollection())) {
            return files.filter(file -> file.getFileName().toString().startsWith("compacted_"))
                    .count();
        }
    }

    private long printed(Running running) throws IOException {
        Printed printed = Printed.by(running, rows);
        tornTails += printed.tornTails();
        return printed.entries();
    }

    private void assertRecovered(long recovered, long acknowledged) {
        assertTrue(recovered >= acknowledged, "acknowledged=" + acknowledged + ", recovered=" + recovered);
        assertEquals(0, recovered % load.batch, "a batch is there in part, recovered=" + recovered);
    }
}
