package org.seawall.search;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The values of filters and of metadata: text, whole and real numbers, truth values. */
final class FilterValues {
    private FilterValues() {}

    /** A value as metadata holds it. */
    static Object checked(String field, Object value) {
        Objects.requireNonNull(field, "field");
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("value that metadata cannot have, expected text, a number or a truth value, "
                + "value=" + value + ", field=" + field);
    }

    static boolean comparable(Object one, Object other) {
        return one instanceof Number ? other instanceof Number : one.getClass() == other.getClass();
    }

    /** Of comparable values; truth values are only equal or not. NaN is equal to itself and above all numbers. */
    static int compare(Object one, Object other) {
        if (one instanceof String text) {
            return text.compareTo((String) other);
        }
        if (one instanceof Boolean truth) {
            return truth.compareTo((Boolean) other);
        }
        if (one instanceof Long first && other instanceof Long second) {
            return first.compareTo(second);
        }
        double first = ((Number) one).doubleValue();
        double second = ((Number) other).doubleValue();
        boolean exact = one instanceof Double && other instanceof Double;
        if (exact || !Double.isFinite(first) || !Double.isFinite(second)) {
            // zeroes are equal whatever their sign
            return first == second ? 0 : Double.compare(first, second);
        }
        return number(one).compareTo(number(other));
    }

    private static BigDecimal number(Object value) {
        return value instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal((Double) value);
    }

    static List<Filter> some(List<Filter> conditions) {
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("no conditions to join, expected at least 1");
        }
        return List.copyOf(conditions);
    }

    static String joined(List<Filter> conditions, String word) {
        return conditions.stream().map(condition -> "(" + condition + ")").collect(Collectors.joining(word));
    }

    static String name(String field) {
        return FilterParser.isWord(field) ? field : "`" + escaped(field, '`') + "`";
    }

    static String text(Object value) {
        return value instanceof String text ? '"' + escaped(text, '"') + '"' : value.toString();
    }

    private static String escaped(String text, char quote) {
        return text.replace("\\", "\\\\").replace(String.valueOf(quote), "\\" + quote);
    }
}
