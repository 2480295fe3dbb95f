package org.seawall.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of a filter, from left to right, one character ahead. For one text. */
final class FilterParser {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.\\-]*");
    private static final Pattern VALUE = Pattern.compile("[\"']|[+-]?([.0-9]|(?i:nan|infinity)\\b)");
    private static final Set<String> RESERVED =
            Set.of("and", "or", "not", "in", "exists", "true", "false", "nan", "infinity");
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;
    private int depth;

    FilterParser(String text) {
        this.text = text;
    }

    static boolean isWord(String field) {
        return WORD.matcher(field).matches() && !RESERVED.contains(field.toLowerCase(Locale.ROOT));
    }

    Filter parse() {
        Filter filter = either();
        skipBlanks();
        if (at < text.length()) {
            throw expected("and, or, or the end");
        }
        return filter;
    }

    private Filter either() {
        enter();
        List<Filter> conditions = new ArrayList<>(List.of(all()));
        while (takesWord("or")) {
            conditions.add(all());
        }
        depth--;
        return conditions.size() == 1 ? conditions.get(0) : new Filter.Or(conditions);
    }

    private void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "filter nested too deeply, limit=" + MAX_DEPTH + " levels, position=" + at);
        }
    }

    private Filter all() {
        List<Filter> conditions = new ArrayList<>(List.of(one()));
        while (takesWord("and")) {
            conditions.add(one());
        }
        return conditions.size() == 1 ? conditions.get(0) : new Filter.And(conditions);
    }

    private Filter one() {
        int negations = 0;
        while (takesWord("not")) {
            negations++;
            enter();
        }
        Filter filter = positive();
        for (int i = 0; i < negations; i++) {
            filter = new Filter.Not(filter);
        }
        depth -= negations;
        return filter;
    }

    private Filter positive() {
        if (takes("(")) {
            Filter inner = either();
            require(")");
            return inner;
        }
        if (takesWord("exists")) {
            require("(");
            Filter exists = new Filter.Exists(field());
            require(")");
            return exists;
        }
        skipBlanks();
        if (VALUE.matcher(text).region(at, text.length()).lookingAt()) {
            return range();
        }
        return comparison(field());
    }

    /** A value, a field, and perhaps another value: {@code 1 <= price < 5}. */
    private Filter range() {
        Object value = value();
        boolean included = takes("<=");
        if (!included && !takes("<")) {
            throw expected("< or <= between a value and a field");
        }
        Optional<Filter.Bound> from = Optional.of(new Filter.Bound(value, included));
        String field = field();
        if (takes("<=")) {
            return new Filter.Range(field, from, bound(true));
        }
        return new Filter.Range(field, from, takes("<") ? bound(false) : Optional.empty());
    }

    private Filter comparison(String field) {
        if (takesWord("in")) {
            require("(");
            List<Object> values = new ArrayList<>(List.of(value()));
            while (takes(",")) {
                values.add(value());
            }
            require(")");
            return new Filter.In(field, values);
        }
        if (takes("!=")) {
            return new Filter.Not(new Filter.Equal(field, value()));
        }
        if (takes("<=")) {
            return new Filter.Range(field, Optional.empty(), bound(true));
        }
        if (takes("<")) {
            return new Filter.Range(field, Optional.empty(), bound(false));
        }
        if (takes(">=")) {
            return new Filter.Range(field, bound(true), Optional.empty());
        }
        if (takes(">")) {
            return new Filter.Range(field, bound(false), Optional.empty());
        }
        if (takes("=")) {
            return new Filter.Equal(field, value());
        }
        throw expected("one of = != < <= > >= in");
    }

    private Optional<Filter.Bound> bound(boolean included) {
        int before = at;
        Object value = value();
        if (value instanceof Boolean) {
            at = before;
            throw expected("a number or text, since truth values have no order");
        }
        return Optional.of(new Filter.Bound(value, included));
    }

    private String field() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '`') {
            return quoted('`');
        }
        String word = word();
        if (word.isEmpty() || RESERVED.contains(word.toLowerCase(Locale.ROOT))) {
            throw expected("a field");
        }
        at += word.length();
        return word;
    }

    private Object value() {
        skipBlanks();
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            return quoted(text.charAt(at));
        }
        if (takesWord("true")) {
            return true;
        }
        if (takesWord("false")) {
            return false;
        }
        int begin = at;
        boolean negative = takes("-");
        if (takesWord("nan")) {
            return Double.NaN;
        }
        if (takesWord("infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        at = begin;
        int end = at;
        while (end < text.length() && "+-.0123456789eE".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        String number = text.substring(at, end);
        try {
            Object value =
                    number.matches("[+-]?\\d+") ? (Object) Long.valueOf(number) : (Object) Double.valueOf(number);
            at = end;
            return value;
        } catch (NumberFormatException e) {
            IllegalArgumentException expected = expected("a number, true, false, or text in quotes");
            expected.initCause(e);
            throw expected;
        }
    }

    private String quoted(char quote) {
        int begin = at;
        StringBuilder quoted = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            quoted.append(text.charAt(at));
        }
        if (at == text.length()) {
            at = begin;
            throw expected("a closing " + quote);
        }
        at++;
        return quoted.toString();
    }

    private String word() {
        skipBlanks();
        var matcher = WORD.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private boolean takesWord(String word) {
        boolean there = word().equalsIgnoreCase(word);
        at += there ? word.length() : 0;
        return there;
    }

    private boolean takes(String sign) {
        skipBlanks();
        boolean there = text.startsWith(sign, at);
        at += there ? sign.length() : 0;
        return there;
    }

    private void require(String sign) {
        if (!takes(sign)) {
            throw expected(sign);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException expected(String what) {
        skipBlanks();
        String found = at < text.length() ? text.substring(at) : "the end";
        return new IllegalArgumentException(
                "filter not readable, expected " + what + ", found=" + found + ", position=" + at + ", filter=" + text);
    }
}
