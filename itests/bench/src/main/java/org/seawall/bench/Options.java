package org.seawall.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.bench.harness.Cell;

/** What the command line says; the README lists it. */
final class Options {
    private static final String CELLS =
            "W1b1w1,W1b1w8,W1b1w64,W1b10w1,W1b10w8,W1b10w64," + "W1b100w1,W1b100w8,W1b100w64,W2b1w1,W2b1w8,W2b1w64";

    private final Map<String, String> given = new LinkedHashMap<>();

    Options(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected --name value, argument=" + arguments[i]);
            }
            given.put(arguments[i].substring(2), arguments[i + 1]);
        }
    }

    int rounds() {
        return Integer.parseInt(given.getOrDefault("rounds", "6"));
    }

    double seconds() {
        return Double.parseDouble(given.getOrDefault("seconds", "0.7"));
    }

    List<Cell> cells() {
        return Arrays.stream(given.getOrDefault("cells", CELLS).split(","))
                .map(Cell::parse)
                .toList();
    }

    List<String> topics() {
        return List.of(given.getOrDefault("topics", "append,coding,recovery,upkeep,heap")
                .split(","));
    }

    List<String> subjects() {
        return List.of(given.getOrDefault("subjects", "raw-zero,raw-direct,raw-grow,rocksdb")
                .split(","));
    }

    Path directory() {
        return Path.of(given.getOrDefault("dir", "itests/bench/target/data"));
    }

    Path out() {
        return Path.of(given.getOrDefault("out", "itests/bench/target/bench.md"));
    }

    /** Class path of another build's bench. */
    Optional<String> baseline() {
        return Optional.ofNullable(given.get("baseline"));
    }

    long recoveryBytes() {
        return Long.parseLong(given.getOrDefault("recoveryMiB", "1024")) << 20;
    }

    int objects() {
        return Integer.parseInt(given.getOrDefault("objects", "10000"));
    }

    boolean cold() {
        return Boolean.parseBoolean(given.getOrDefault("cold", "false"));
    }
}
