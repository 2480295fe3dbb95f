package org.seawall.configuration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON with comments, as OSGi's Configurator has it. Objects become maps, arrays lists, numbers {@link BigDecimal}, and null
 * becomes {@link #NULL}. Anything that is not JSON is an error that names line and column.
 */
final class Json {
    /** The value null. */
    static final Object NULL = new Object();

    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        json.expect('{');
        Map<String, Object> object = json.object();
        if (json.peek() != 0) {
            throw json.error("text after the end");
        }
        return object;
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        deeper();
        if (!take('}')) {
            do {
                expect('"');
                String name = string();
                expect(':');
                if (object.put(name, value()) != null) {
                    throw error("name twice, name=" + name);
                }
            } while (take(','));
            expect('}');
        }
        depth--;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        deeper();
        if (!take(']')) {
            do {
                array.add(value());
            } while (take(','));
            expect(']');
        }
        depth--;
        return array;
    }

    private Object value() {
        char first = peek();
        return switch (first) {
            case '{', '[', '"' -> {
                at++;
                yield first == '{' ? object() : first == '[' ? array() : string();
            }
            default -> word();
        };
    }

    private Object word() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> NULL;
            default -> number(word, start);
        };
    }

    private BigDecimal number(String word, int start) {
        if (!word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            at = start;
            throw error("not a value");
        }
        return new BigDecimal(word);
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw error("string does not end");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        if (at++ >= text.length()) {
            throw error("string does not end");
        }
        return string.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("unknown escape");
        };
    }

    private char unicode() {
        String digits = text.substring(at, Math.min(at + 4, text.length()));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw error("unknown escape");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw error("nested too deep, limit=" + MAX_DEPTH);
        }
    }

    private void expect(char c) {
        if (!take(c)) {
            throw error("expected " + c);
        }
    }

    private boolean take(char c) {
        boolean found = peek() == c;
        at += found ? 1 : 0;
        return found;
    }

    /** The next character that means something, or 0 at the end. */
    private char peek() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw error("comment does not end");
                }
                at = end + 2;
            } else if (!Character.isWhitespace(text.charAt(at))) {
                return text.charAt(at);
            } else {
                at++;
            }
        }
        return 0;
    }

    private IllegalArgumentException error(String fact) {
        String before = text.substring(0, Math.min(at, text.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        return new IllegalArgumentException(
                fact + ", line=" + line + ", column=" + (before.length() - before.lastIndexOf('\n')));
    }
}
