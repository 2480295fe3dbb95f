package org.seawall.itests.process;

import java.io.IOException;
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
        try (Stream<Path> entries = Files.list(home.resolve("data/wal"))) {
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
