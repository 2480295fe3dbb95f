package org.seawall.configuration;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ${NAME}} in a text stands for a property of the framework or the system, {@code ${env:NAME}} for a variable of the
 * environment. One that is not set is an error.
 */
record Placeholders(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");
    private static final String ENVIRONMENT = "env:";

    Object replaceIn(Object value) {
        if (value instanceof String text) {
            return replaceIn(text);
        }
        if (value instanceof String[] texts) {
            String[] replaced = new String[texts.length];
            Arrays.setAll(replaced, i -> replaceIn(texts[i]));
            return replaced;
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(this::replaceIn).toList();
        }
        return value;
    }

    private String replaceIn(String text) {
        return text.indexOf('$') < 0 ? text : PLACEHOLDER.matcher(text).replaceAll(this::value);
    }

    private String value(MatchResult placeholder) {
        String name = placeholder.group(1);
        String value = name.startsWith(ENVIRONMENT)
                ? environment.apply(name.substring(ENVIRONMENT.length()))
                : properties.apply(name);
        if (value == null) {
            throw new IllegalArgumentException("placeholder without a value, name=" + name);
        }
        return Matcher.quoteReplacement(value);
    }
}
