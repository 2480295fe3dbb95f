package org.seawall.itests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seawall.itests.conformance.Result.Column;

/** What all modules have written down, by column and rule. */
record Recorded(Map<Column, Map<String, Result>> results) {

    /** Reads directories that hold such files; one that is older than the classes beside it is not of this build. */
    static Recorded in(List<Path> directories) throws IOException {
        Map<Column, Map<String, Result>> results = new HashMap<>();
        for (Path directory : directories) {
            for (Path file : files(directory, ".tsv")) {
                if (fresh(file, directory.resolveSibling(""))) {
                    Files.readAllLines(file).stream()
                            .skip(1)
                            .map(Result::parse)
                            .forEach(result -> results.computeIfAbsent(result.column(), column -> new HashMap<>())
                                    .put(result.rule(), result));
                }
            }
        }
        return new Recorded(results);
    }

    private static boolean fresh(Path file, Path target) throws IOException {
        FileTime written = Files.getLastModifiedTime(file);
        List<Path> classes = new ArrayList<>(files(target.resolve("classes"), ".class"));
        classes.addAll(files(target.resolve("test-classes"), ".class"));
        return classes.stream().map(Recorded::time).allMatch(time -> time.compareTo(written) <= 0);
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** All of it as if it were of one subject. */
    Recorded under(Column column) {
        Map<String, Result> all = new HashMap<>();
        results.values().forEach(all::putAll);
        return new Recorded(Map.of(column, all));
    }

    Optional<Result> find(Column column, String rule) {
        return Optional.ofNullable(results.getOrDefault(column, Map.of()).get(rule));
    }
}
