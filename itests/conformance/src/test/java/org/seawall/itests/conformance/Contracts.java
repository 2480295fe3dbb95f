package org.seawall.itests.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seawall.testkit.FileSystemContract;
import org.seawall.testkit.SerializerContract;
import org.seawall.testkit.WriteAheadLogContract;
import org.seawall.testkit.WriteStrategyContract;

/** The rules that there are, by the testkit's classes, and what CONTRACT.md says of them. */
record Contracts(Map<String, Rule> rules) {
    static final String FILES = "file system";
    static final String STRATEGY = "strategy";
    static final String SERIALIZER = "serializer";
    static final String LOG = "log";

    private static final Pattern ROW = Pattern.compile("[|] ([FWSL])([0-9]+) [|] (.+?) [|] (.+) [|] (.+) [|]");
    private static final Map<String, Class<?>> CLASSES = Map.of(
            FILES, FileSystemContract.class,
            STRATEGY, WriteStrategyContract.class,
            SERIALIZER, SerializerContract.class,
            LOG, WriteAheadLogContract.class);

    /** A row of CONTRACT.md. */
    record Rule(String level, String text) {}

    static Contracts read(Path document) throws IOException {
        Map<String, Rule> rules = new TreeMap<>();
        try (Stream<String> lines = Files.lines(document)) {
            lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> rules.put(
                            String.format("%s%02d", row.group(1), Integer.parseInt(row.group(2))),
                            new Rule(row.group(3), row.group(4))));
        }
        return new Contracts(rules);
    }

    /** The rules of a contract, such as {@code F01}. */
    static SortedSet<String> numbers(String contract) {
        SortedSet<String> numbers = new TreeSet<>();
        for (Method method : CLASSES.get(contract).getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                numbers.add(method.getName().substring(0, 3).toUpperCase(Locale.ROOT));
            }
        }
        return numbers;
    }

    Rule rule(String number) {
        return rules.get(number);
    }
}
