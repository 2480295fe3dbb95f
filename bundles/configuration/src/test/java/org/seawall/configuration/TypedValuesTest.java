package org.seawall.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedValuesTest {
    private static Map<String, Object> read(String json) throws IOException {
        return TypedValues.read(new StringReader(json));
    }

    private static Object one(String member) throws IOException {
        return read("{" + member + "}").values().iterator().next();
    }

    @Test
    void withoutATypeJsonDecides() throws IOException {
        assertEquals(
                Map.of("text", "a", "whole", 3L, "part", 0.5, "exponent", 2000L, "flag", true),
                read("{\"text\":\"a\",\"whole\":3,\"part\":0.5,\"exponent\":2e3,\"flag\":true}"));
        assertArrayEquals(new String[] {"a", "b"}, (String[]) one("\"x\":[\"a\",\"b\"]"));
        assertArrayEquals(new Long[] {1L, 2L}, (Long[]) one("\"x\":[1,2]"));
        assertArrayEquals(new String[0], (String[]) one("\"x\":[]"));
    }

    @Test
    void aTypeIsBehindTheName() throws IOException {
        assertEquals(Map.of("segmentBytes", 1_048_576L), read("{\"segmentBytes:Long\": 1048576}"));
        assertEquals(5, one("\"x:Integer\":5"));
        assertEquals(5, one("\"x:int\":\"5\""));
        assertEquals((short) 5, one("\"x:Short\":5"));
        assertEquals((byte) 5, one("\"x:Byte\":5"));
        assertEquals(0.5f, one("\"x:Float\":0.5"));
        assertEquals(5.0, one("\"x:Double\":5"));
        assertEquals('c', one("\"x:Character\":\"c\""));
        assertEquals(true, one("\"x:Boolean\":\"true\""));
        assertEquals("5", one("\"x:String\":5"));
        assertEquals(1L, one("\"a:b:Long\":1"));
    }

    @Test
    void arraysAndCollectionsHaveElementsOfTheirType() throws IOException {
        assertArrayEquals(new Integer[] {1, 2}, (Integer[]) one("\"x:Integer[]\":[1,2]"));
        assertArrayEquals(new int[] {1, 2}, (int[]) one("\"x:int[]\":[1,2]"));
        assertArrayEquals(new String[] {"a"}, (String[]) one("\"x:String[]\":\"a\""));
        assertEquals(List.of(1, 2), one("\"x:Collection<Integer>\":[1,2]"));
        assertEquals(List.of("a", 1L), one("\"x:Collection\":[\"a\",1]"));
    }

    @Test
    void commentsAndWordsForTheConfiguratorAreLeftOut() throws IOException {
        assertEquals(
                Map.of("url", "http://x /* y */"),
                read(
                        "// first\n{ /* a\n b */ \":configurator:policy\":\"force\", \"url\":\"http://x /* y */\", // last\n"
                                + "\"none\":null }\n// end"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"x:Long\":1.5`|not a Long, value=1.5, name=x:Long",
                "`\"x:Byte\":300`|not a Byte, value=300, name=x:Byte",
                "`\"x:Long\":\"ten\"`|not a number, value=ten, name=x:Long",
                "`\"x:Boolean\":1`|not true or false, value=1, name=x:Boolean",
                "`\"x:Character\":\"ab\"`|not one character, value=ab, name=x:Character",
                "`\"x:Thing\":1`|unknown type, name=x:Thing",
                "`\"x\":{}`|not a single value, name=x",
                "`\"x\":[1,[2]]`|not a single value, name=x",
                "`\"x\":1,\"x:Long\":2`|name twice, name=x:Long"
            },
            delimiter = '|')
    void aValueThatDoesNotFitIsNamed(String member, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> one(member)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{|expected \", line=1, column=2",
                "`{\"a\":1`|expected }, line=1, column=7",
                "`{\"a\":1}x`|text after the end, line=1, column=8",
                "`{\"a\":01}`|not a value, line=1, column=6",
                "`{\"a\":nul}`|not a value, line=1, column=6",
                "`{\"a\" 1}`|expected :, line=1, column=6",
                "`{\"a\":1,}`|expected \", line=1, column=8",
                "`{\"a\":\"b}`|string does not end, line=1, column=9",
                "`{\"a\":\"\\x\"}`|unknown escape, line=1, column=9",
                "`{\"a\":1 /*}`|comment does not end, line=1, column=8",
                "`{\"a\":1,\"a\":2}`|name twice, name=a, line=1, column=13",
                "[]|expected {, line=1, column=1"
            },
            delimiter = '|')
    void whatIsNotJsonIsRefusedAtItsPlace(String json, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage());
    }

    @Test
    void linesAreCounted() {
        assertEquals(
                "not a value, line=3, column=5",
                assertThrows(IllegalArgumentException.class, () -> read("{\n\n\"a\":?}"))
                        .getMessage());
    }

    @Test
    void escapesAreUndone() throws IOException {
        assertEquals("\"\\/\b\f\n\r\té", one("\"x\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\""));
    }

    @Test
    void nestingHasALimit() {
        assertThrows(IllegalArgumentException.class, () -> read("{\"a\":" + "[".repeat(100_000) + "}"));
    }
}
