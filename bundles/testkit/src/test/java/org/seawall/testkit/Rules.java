package org.seawall.testkit;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules as they are in the code: the tests of the four contracts, by their numbers. */
final class Rules {
    private static final Pattern RULE = Pattern.compile("([fwsl][0-9]{2})_.*");

    private final Map<String, String> methods = new TreeMap<>();

    Rules() {
        Stream.of(
                        FileSystemContract.class,
                        WriteStrategyContract.class,
                        SerializerContract.class,
                        WriteAheadLogContract.class)
                .flatMap(contract -> Stream.of(contract.getMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(this::add);
    }

    private void add(Method method) {
        Matcher matcher = RULE.matcher(method.getName());
        if (!matcher.matches()) {
            throw new AssertionError("a test of a contract without a number, method=" + method);
        }
        String other = methods.put(matcher.group(1).toUpperCase(Locale.ROOT), method.getName());
        if (other != null) {
            throw new AssertionError("two rules of one number, methods=" + other + ", " + method.getName());
        }
    }

    /** Such as {@code F01}, sorted. */
    Set<String> numbers() {
        return methods.keySet();
    }
}
