package org.seawall.shell;

import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as an operator types them. */
final class Values {
    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+(?=[eE]))([eE][+-]?[0-9]+)?");

    private Values() {}

    /** Components between commas; brackets around them do not matter. */
    static float[] vector(String text) {
        String inner = text.strip().replaceAll("^\\[|]$", "");
        String[] parts = inner.split(",", -1);
        float[] vector = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                vector[i] = Float.parseFloat(parts[i].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "component is not a number, value=" + parts[i].strip() + ", index=" + i, e);
            }
        }
        return vector;
    }

    static Duration duration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        Duration duration;
        try {
            duration = matcher.matches()
                    ? Duration.parse(iso(Long.parseLong(matcher.group(1)), matcher.group(2)))
                    : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a duration, expected such as 90s, 10m, 2h, 7d or PT10M, value=" + text, e);
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration out of range, expected more than 0, value=" + text);
        }
        return duration;
    }

    /** Names and values: {@code k=v} is typed by its looks, {@code k:=v} is text. */
    static Map<String, Object> metadata(List<String> pairs) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not metadata, expected K=V or K:=V, value=" + pair);
            }
            boolean text = pair.charAt(equals - 1) == ':';
            String name = pair.substring(0, text ? equals - 1 : equals);
            String value = pair.substring(equals + 1);
            if (metadata.put(name, text ? value : typed(value)) != null) {
                throw new IllegalArgumentException("metadata is named twice, name=" + name);
            }
        }
        return metadata;
    }

    private static Object typed(String value) {
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        if (WHOLE.matcher(value).matches() && new BigInteger(value).bitLength() < Long.SIZE) {
            return Long.valueOf(value);
        }
        return DECIMAL.matcher(value).matches() ? (Object) Double.valueOf(value) : value;
    }

    private static String iso(long amount, String unit) {
        return switch (unit) {
            case "ms" -> "PT" + amount / 1000 + "." + String.format("%03d", amount % 1000) + "S";
            case "d" -> "P" + amount + "D";
            default -> "PT" + amount + unit.toUpperCase(Locale.ROOT);
        };
    }
}
