package org.seawall.launcher.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
        this.acknowledged = new AckLog(work.resolve("acknowledged.txt"));
    }

    /**
     * Runs the demo.
     *
     * @param given a file of vectors, or null to make some
     * @return whether everything that was acknowledged was recovered and all else held too
     */
    public boolean run(Path given) throws IOException, InterruptedException {
        Files.createDirectories(work);
        Vectors vectors = given == null ? Vectors.clustered(ROWS, DIMENSION, SEED) : Vectors.read(given);
        Path file = work.resolve("vectors.fvecs");
        vectors.write(file);
        say(
                "%,d vectors of %d dimensions, %s",
                vectors.rows(), vectors.dimension(), given == null ? "seed " + SEED : given);
        try {
            long kept = crash(vectors, file);
            long recovered = recover(vectors, kept);
            resume(vectors, file, recovered);
            search(vectors);
            say("Nothing that was acknowledged was lost.");
            return true;
        } catch (DemoException e) {
            say("FAILED: %s", e.getMessage());
            return false;
        }
    }

    /** How many entries were acknowledged before the kill. */
    private long crash(Vectors vectors, Path file) throws IOException, InterruptedException {
        long point = vectors.rows() / 5 + new Random().nextInt(Math.max(1, vectors.rows() * 3 / 5));
        Children.Child writer = children.start(
                "first",
                "wal:create demo --dimension " + vectors.dimension() + " --metric l2; wal:ingest demo " + quoted(file)
                        + " --batch " + BATCH + " --ack-log " + quoted(acknowledged.file()));
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

    private void resume(Vectors vectors, Path file, long recovered) throws IOException, InterruptedException {
        Children.Child writer = children.run(
                "third",
                "wal:ingest demo " + quoted(file) + " --batch " + BATCH + " --resume --ack-log "
                        + quoted(acknowledged.file()));
        Children.Child reader = children.run("fourth", "wal:tail demo --json --from " + (recovered + 1));
        long added = Recovered.read(reader.output(), vectors, recovered + 1).entries();
        if (recovered + added != vectors.rows()) {
            throw new DemoException(
                    "entries after resuming, expected=" + vectors.rows() + ", actual=" + (recovered + added));
        }
        say(
                "3. Container %d goes on where the file was left: %,d more, %,d in all, in %s.",
                writer.pid(), added, recovered + added, seconds(writer.millis()));
    }

    private void search(Vectors vectors) throws IOException, InterruptedException {
        Vectors queries = vectors.near(QUERIES, SEED);
        Path file = work.resolve("queries.fvecs");
        queries.write(file);
        Path results = work.resolve("results.ivecs");
        Children.Child searcher = children.run(
                "fifth", "wal:search demo --queries " + quoted(file) + " -k " + NEAREST + " --out " + quoted(results));
        List<int[]> found = Neighbours.read(results);
        if (found.size() != queries.rows()) {
            throw new DemoException("results, expected=" + queries.rows() + ", actual=" + found.size());
        }
        for (int q = 0; q < queries.rows(); q++) {
            if (!Neighbours.areNearest(vectors, queries.row(q), found.get(q), NEAREST)) {
                throw new DemoException("not the nearest, query=" + q);
            }
        }
        say(
                "4. %d searches for the nearest %d agree with a comparison of all vectors; %s",
                QUERIES, NEAREST, searcher.lastLine());
    }

    private void say(String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String quoted(Path file) {
        return "'" + file + "'";
    }
}
