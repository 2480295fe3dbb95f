package org.seawall.launcher.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Ingests vectors in a container of its own, kills it in the middle, recovers in a second one and compares what is there
 * with what was acknowledged. The rows of the file are the entries: row n is to be sequence n + 1.
 */
public final class Demo {
    private static final int ROWS = 5_000;
    private static final int DIMENSION = 256;
    private static final int SEED = 42;
    private static final int BATCH = 10;
    private static final int QUERIES = 100;
    private static final int NEAREST = 10;

    private static final String VECTORS = "vectors.fvecs";
    private static final String QUERY_VECTORS = "queries.fvecs";
    private static final String RESULTS = "results.ivecs";
    private static final String ACKNOWLEDGED = "acknowledged.txt";

    private final Path work;
    private final Children children;
    private final PrintStream out;
    private final AckLog acknowledged;

    /**
     * A demo that has not begun.
     *
     * @param home the home of the containers
     * @param distribution where {@code bin/seawall} is
     * @param out where to tell what happens
     */
    public Demo(Path home, Path distribution, PrintStream out) {
        this.work = home.resolve("demo");
        this.children = new Children(distribution.resolve("bin/seawall"), home, work);
        this.out = out;
        this.acknowledged = new AckLog(work.resolve(ACKNOWLEDGED));
    }

    /**
     * Runs the demo.
     *
     * @param given a file of vectors; without one they are made
     * @return whether everything that was acknowledged was recovered, and all else held too
     */
    public boolean run(Optional<Path> given) throws IOException, InterruptedException {
        try {
            Vectors vectors = given.isPresent() ? Vectors.read(given.get()) : Vectors.clustered(ROWS, DIMENSION, SEED);
            String origin = given.map(Path::toString).orElse("seed " + SEED);
            say("%,d vectors of %d dimensions, %s", vectors.rows(), vectors.dimension(), origin);
            if (Files.exists(work)) {
                throw new DemoException("there was a demo before, choose another home, directory=" + work);
            }
            Files.createDirectories(work);
            vectors.write(work.resolve(VECTORS));
            vectors.near(QUERIES, SEED).write(work.resolve(QUERY_VECTORS));
            long recovered = recover(vectors, crash(vectors));
            resume(vectors, recovered);
            say("Nothing that was acknowledged was lost.");
            return true;
        } catch (DemoException e) {
            say("FAILED: %s", e.getMessage());
            return false;
        }
    }

    /** How many entries were acknowledged before the kill. */
    private long crash(Vectors vectors) throws IOException, InterruptedException {
        long point = vectors.rows() / 5 + new Random().nextInt(Math.max(1, vectors.rows() * 3 / 5));
        Children.Child writer = children.start(
                "first",
                "wal:create demo --dimension " + vectors.dimension()
                        + " --metric l2 --setting flushBytes=0 --setting flushMillis=0; " + ingest());
        say(
                "1. Container %d ingests them, %d to a batch; a batch is acknowledged once it is durable.",
                writer.pid(), BATCH);
        while (acknowledged.entries() < point) {
            if (!writer.alive()) {
                throw new DemoException("the container ended before it could be killed: " + writer.errors());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        writer.kill();
        long kept = acknowledged.entries();
        say("   SIGKILL after %,d acknowledgements, %s after its start.", kept, seconds(writer.millis()));
        if (kept >= vectors.rows()) {
            throw new DemoException("it was done before the kill; try again or give more vectors");
        }
        return kept;
    }

    private long recover(Vectors vectors, long kept) throws IOException, InterruptedException {
        Children.Child reader = children.run("second", "wal:tail demo --json");
        Recovered recovered = Recovered.read(reader.output(), vectors, 1);
        if (recovered.entries() < kept) {
            throw new DemoException(
                    "acknowledged entries are missing, acknowledged=" + kept + ", recovered=" + recovered.entries());
        }
        if (recovered.entries() % BATCH != 0 && recovered.entries() != vectors.rows()) {
            throw new DemoException("a batch is there in part, recovered=" + recovered.entries());
        }
        say(
                "2. Container %d recovers %,d entries, start and reading included in %s.",
                reader.pid(), recovered.entries(), seconds(reader.millis()));
        say(
                "   All %,d acknowledged ones are there, with their sequences, ids and vectors; %,d more had been written.",
                kept, recovered.entries() - kept);
        say("   None is there twice, no batch in part.");
        return recovered.entries();
    }

    private void resume(Vectors vectors, long recovered) throws IOException, InterruptedException {
        Children.Child last = children.run(
                "last",
                ingest() + " --resume; wal:tail demo --json --from " + (recovered + 1) + "; wal:search demo --queries "
                        + quoted(QUERY_VECTORS) + " -k " + NEAREST + " --out " + quoted(RESULTS));
        long all = recovered
                + Recovered.read(last.output(), vectors, recovered + 1).entries();
        if (all != vectors.rows()) {
            throw new DemoException("entries after resuming, expected=" + vectors.rows() + ", actual=" + all);
        }
        say("3. Container %d goes on where the file was left: %,d in all, each once.", last.pid(), all);
        compare(vectors, Vectors.read(work.resolve(QUERY_VECTORS)));
        say(
                "   %d searches for the nearest %d found what a comparison of all vectors finds: %s",
                QUERIES, NEAREST, last.lastLine());
    }

    private void compare(Vectors vectors, Vectors queries) throws IOException {
        List<int[]> found = Neighbours.read(work.resolve(RESULTS));
        if (found.size() != queries.rows()) {
            throw new DemoException("results, expected=" + queries.rows() + ", actual=" + found.size());
        }
        for (int q = 0; q < queries.rows(); q++) {
            if (!Neighbours.areNearest(vectors, queries.row(q), found.get(q), NEAREST)) {
                throw new DemoException("not the nearest, query=" + q);
            }
        }
    }

    private String ingest() {
        return "wal:ingest demo " + quoted(VECTORS) + " --batch " + BATCH + " --ack-log " + quoted(ACKNOWLEDGED);
    }

    private String quoted(String name) {
        return "'" + work.resolve(name) + "'";
    }

    private void say(String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
