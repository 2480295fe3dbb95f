package org.seawall.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Map<String, Object> RED =
            Map.of("color", "red", "price", 10L, "weight", 2.5, "sold", true, "a b", "x`\"y");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "color = 'red'",
                "color = \"red\"",
                "color in ('blue', \"red\")",
                "price = 10",
                "price = 10.0",
                "price >= 10 and price <= 10",
                "price > 9.5 and price < 1e1 or weight = 2.50",
                "not price > 10",
                "price != 11",
                "price != 'ten'",
                "NOT exists(size) AND Exists(color)",
                "sold = true",
                "color > 'r' and color < 's'",
                "((color = 'red'))",
                "color = 'blue' or color = 'red' and sold = true",
                "`a b` = 'x`\\\"y'",
                "not not sold = true",
                "size != 3",
            })
    void matches(String text) {
        assertTrue(Filter.parse(text).matches(RED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "color = 'Red'",
                "price > 10",
                "price = '10'",
                "price > 'a'",
                "size = 3",
                "size < 3",
                "not exists(color)",
                "sold = false",
                "color in ('blue')",
                "(color = 'blue' or color = 'red') and sold = false",
                "weight < 2.5",
            })
    void doesNotMatch(String text) {
        assertFalse(Filter.parse(text).matches(RED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'' | a field | 0",
                "color | one of = != | 5",
                "color = | a number, true, false, or text in quotes | 7",
                "color = red | a number, true, false, or text in quotes | 8",
                "color = 'red | a closing ' | 8",
                "(color = 'red' | ) | 14",
                "color = 'red' price = 1 | and, or, or the end | 14",
                "and = 1 | a field | 0",
                "color in () | a number, true, false, or text in quotes | 10",
                "exists color | ( | 7",
                "sold > true | truth values have no order | 7",
                "price = 1.2.3 | a number, true, false, or text in quotes | 8",
                "price = 99999999999999999999 | a number | 8",
                "color = 'red' and | a field | 17",
            })
    void whatIsNoFilterIsToldWithItsPlace(String text, String expected, int position) {
        String filter = text.equals("''") ? "" : text;
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Filter.parse(filter));
        assertTrue(
                e.getMessage().contains("expected " + expected)
                        || e.getMessage().contains(expected),
                e.getMessage());
        assertTrue(e.getMessage().contains("position=" + position + ","), e.getMessage());
    }

    @Test
    void aFilterTooDeepIsRefusedAndNoStackIsUsedUp() {
        for (String text : List.of("(".repeat(100_000), "not ".repeat(100_000) + "a = 1")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Filter.parse(text))
                    .getMessage()
                    .contains("limit=200"));
        }
        assertTrue(Filter.parse("not ".repeat(150) + "a = 1 or " + "not ".repeat(150) + "a = 1")
                .matches(Map.of("a", 1L)));
    }

    @Test
    void itsTextIsReadAsTheSame() {
        for (Filter filter : List.of(
                new Filter.Equal("a", "te\"x\\t"),
                new Filter.Equal("not", 1L),
                new Filter.Equal("a`b\\", -1.5),
                new Filter.In("a", List.of("x", 1L, true)),
                new Filter.Range("a", Optional.of(new Filter.Bound(1L, true)), Optional.empty()),
                new Filter.Range("a", Optional.empty(), Optional.of(new Filter.Bound("z", false))),
                new Filter.Exists("a"),
                new Filter.Not(new Filter.Exists("a")),
                new Filter.And(List.of(
                        new Filter.Or(List.of(new Filter.Exists("a"), new Filter.Exists("b"))),
                        new Filter.Exists("c"))))) {
            assertEquals(filter, Filter.parse(filter.toString()), filter.toString());
        }
    }

    @Test
    void numbersAreComparedByTheirValue() {
        long large = (1L << 53) + 1;
        Filter above = Filter.parse("n > " + (1L << 53) + ".0");
        assertTrue(above.matches(Map.of("n", large)), "as a double it would be equal");
        assertFalse(above.matches(Map.of("n", large - 1)));
        assertTrue(new Filter.Equal("n", 3).matches(Map.of("n", 3.0)));
        assertTrue(new Filter.Equal("n", -0.0).matches(Map.of("n", 0L)));
        assertFalse(Filter.parse("n < 5").matches(Map.of("n", Double.NaN)));
        assertTrue(Filter.parse("n > 5").matches(Map.of("n", Double.POSITIVE_INFINITY)));
    }

    @Test
    void valuesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Filter.Equal("a", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Filter.In("a", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Filter.And(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Filter.Range("a", Optional.empty(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Filter.Range(
                        "a", Optional.of(new Filter.Bound(1, true)), Optional.of(new Filter.Bound("b", true))));
    }

    @Test
    void boundsOnBothSidesAreOneRange() {
        assertEquals(
                new Filter.Range(
                        "price", Optional.of(new Filter.Bound(1L, true)), Optional.of(new Filter.Bound(5.5, false))),
                Filter.parse("1 <= price < 5.5"));
        assertEquals(Filter.parse("price > 'a'"), Filter.parse("'a' < price"));
        for (String text : List.of("1 = price", "1 > price", "1 <= 2", "1 < price < true", "1 < price <")) {
            assertThrows(IllegalArgumentException.class, () -> Filter.parse(text), text);
        }
    }

    @Test
    void theTextOfAFilterIsReadAsTheSame() {
        Random random = new Random(7);
        int matching = 0;
        for (int i = 0; i < 20_000; i++) {
            Filter filter = filter(random, 3);
            Filter again = Filter.parse(filter.toString());
            assertEquals(filter, again, filter::toString);
            Map<String, Object> metadata = new HashMap<>();
            for (String field : FIELDS) {
                if (random.nextInt(3) > 0) {
                    metadata.put(field, value(random));
                }
            }
            assertEquals(filter.matches(metadata), again.matches(metadata));
            matching += filter.matches(metadata) ? 1 : 0;
        }
        assertTrue(matching > 4_000 && matching < 16_000, "matching=" + matching);
    }

    private static final List<String> FIELDS = List.of("a", "b.c-d", "in", "NaN", "x `y\\", "é_1", "", "1a");

    private static Filter filter(Random random, int depth) {
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> new Filter.Equal(field, value(random));
            case 1 ->
                new Filter.In(
                        field,
                        Stream.generate(() -> value(random))
                                .limit(1 + random.nextInt(3))
                                .toList());
            case 2 -> new Filter.Exists(field);
            case 3 -> range(random, field);
            case 4 -> new Filter.Not(filter(random, depth - 1));
            case 5 -> new Filter.And(List.of(filter(random, depth - 1), filter(random, depth - 1)));
            default ->
                new Filter.Or(List.of(filter(random, depth - 1), filter(random, depth - 1), filter(random, depth - 1)));
        };
    }

    private static Filter range(Random random, String field) {
        boolean text = random.nextBoolean();
        Optional<Filter.Bound> from = Optional.of(bound(random, text));
        Optional<Filter.Bound> to = Optional.of(bound(random, text));
        return switch (random.nextInt(3)) {
            case 0 -> new Filter.Range(field, from, Optional.empty());
            case 1 -> new Filter.Range(field, Optional.empty(), to);
            default -> new Filter.Range(field, from, to);
        };
    }

    private static Filter.Bound bound(Random random, boolean text) {
        Object value = value(random);
        while (value instanceof Boolean || value instanceof String != text) {
            value = value(random);
        }
        return new Filter.Bound(value, random.nextBoolean());
    }

    private static Object value(Random random) {
        return switch (random.nextInt(6)) {
            case 0 ->
                List.of("", "it's", "say \"x\"", "\\", "a\nb", "1 < 2 and", "é").get(random.nextInt(7));
            case 1 -> random.nextBoolean();
            case 2 -> (long) random.nextInt(4) - 1;
            case 3 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            case 4 -> random.nextInt(4) * 0.5 - 0.5;
            default ->
                List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1e300, -1e-300)
                        .get(random.nextInt(5));
        };
    }
}
