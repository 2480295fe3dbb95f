package org.seawall.itests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The launcher on a home of its own below {@code target}, which is left there for whoever looks for a failure's cause. */
record Seawall(Path home) {

    /** A new, empty home. */
    static Seawall at(String name) throws IOException {
        Path home = Path.of(System.getProperty("it.homes"), name);
        deleteTree(home);
        Files.createDirectories(home.resolve("conf"));
        return new Seawall(home);
    }

    /** Puts a file into {@code conf/}. */
    void configure(String file, String text) throws IOException {
        Files.writeString(home.resolve("conf").resolve(file), text);
    }

    Path file(String name) {
        return home.resolve(name);
    }

    /** Whether a process has written a text to the home's log. */
    boolean logged(String text) {
        return loggedTimes(text) > 0;
    }

    /** In how many lines of the home's log a text is. */
    long loggedTimes(String text) {
        Path log = home.resolve("log/seawall.log");
        try {
            return Files.exists(log)
                    ? Files.readString(log)
                            .lines()
                            .filter(line -> line.contains(text))
                            .count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs commands in a process and waits for its end. */
    Outcome run(String... commands) throws IOException, InterruptedException {
        return start(commands).awaitEnd();
    }

    /** Starts a process that runs commands. */
    Running start(String... commands) throws IOException {
        return launch("-c", String.join("; ", commands));
    }

    /** Starts a process with these arguments. */
    Running launch(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(System.getProperty("it.seawall"), "--home", home.toString()));
        line.addAll(Arrays.asList(arguments));
        return Running.start(line);
    }

    /** The directory of a log's collection; needs a log with one collection. */
    Path onlyCollection() throws IOException {
        return onlyCollection(home.resolve("data/wal"));
    }

    /** The directory of the collection of a log in another place. */
    static Path onlyCollection(Path log) throws IOException {
        try (Stream<Path> entries = Files.list(log)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("[0-9a-f-]{36}"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The sealed segments in a directory of a collection, the oldest first. */
    static List<Path> segments(Path collection) throws IOException {
        try (Stream<Path> files = Files.list(collection.resolve("segments"))) {
            return files.filter(file -> file.toString().endsWith(".avro"))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
