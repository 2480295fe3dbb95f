package org.seawall.testkit;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What became of the rules of one class, as a file of tab-separated values with one line a rule: contract, subject, what it is
 * tried on, rule, title, outcome, capabilities that are lacking, why, class.
 */
final class RuleRecord {
    static final String HEADER = "contract\tsubject\ton\trule\ttitle\toutcome\tlacks\twhy\tclass";

    private static final Pattern RULE = Pattern.compile("([a-z][0-9]{2})_(.+)");
    private static final Map<Class<?>, String> CONTRACTS = Map.of(
            FileSystemContract.class, "file system",
            WriteStrategyContract.class, "strategy",
            SerializerContract.class, "serializer",
            WriteAheadLogContract.class, "log");

    private final Class<?> tested;
    private final Map<String, RuleResult> results = new ConcurrentHashMap<>();

    RuleRecord(Class<?> tested) {
        this.tested = tested;
    }

    void note(Method test, RuleResult result) {
        results.put(test.getName(), result);
    }

    /** Writes the file anew; a rule of which nothing was noted gets the rest. */
    void write(Path directory, RuleResult rest) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        Stream.of(tested.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .map(RULE::matcher)
                .filter(Matcher::matches)
                .map(rule -> line(rule, results.getOrDefault(rule.group(), rest)))
                .sorted()
                .forEach(lines::add);
        Files.createDirectories(directory);
        Files.write(directory.resolve(tested.getName() + ".tsv"), lines);
    }

    private String line(Matcher rule, RuleResult result) {
        Subject subject = tested.getAnnotation(Subject.class);
        String what = subject == null ? tested.getSimpleName() : subject.value();
        String on = subject == null ? "memory" : subject.on();
        String number = rule.group(1).toUpperCase(Locale.ROOT);
        String who = String.join("\t", contract(), what, on, number, title(rule.group(2)));
        return who + '\t' + result.columns() + '\t' + tested.getName();
    }

    private String contract() {
        return CONTRACTS.entrySet().stream()
                .filter(entry -> entry.getKey().isAssignableFrom(tested))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("none");
    }

    /** {@code aForcedTruncationIsDurable} in words. */
    private static String title(String method) {
        return method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
