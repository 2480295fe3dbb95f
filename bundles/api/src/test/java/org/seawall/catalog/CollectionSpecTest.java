package org.seawall.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.catalog.Column.Type;

class CollectionSpecTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Digits_2.v-1", "...", "-", "0"})
    void namesOfLettersDigitsAndThreeSignsAreTaken(String name) {
        assertEquals(name, CollectionSpec.payloads(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a\\b", "a b", "é", "a\n", "a\u0000"})
    void otherNamesAreRefused(String name) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CollectionSpec.payloads(name));
        assertTrue(refusal.getMessage().contains("name=" + name), refusal.getMessage());
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertEquals(255, CollectionSpec.payloads("n".repeat(255)).name().length());
        assertThrows(IllegalArgumentException.class, () -> CollectionSpec.payloads("n".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, Integer.MIN_VALUE})
    void aVectorHas1To65536Components(int dimension) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CollectionSpec.vectors("v", dimension, Metric.L2));
        assertTrue(refusal.getMessage().contains("expected 1 to 65536, dimension=" + dimension), refusal.getMessage());
    }

    @Test
    void columnsAreASetting() {
        CollectionSpec spec = CollectionSpec.vectors("v", 2, Metric.L2)
                .withColumns(List.of(new Column("price", Type.DOUBLE), new Column("_c1", Type.STRING)));
        assertEquals("price:double,_c1:string", spec.settings().get(CollectionSpec.COLUMNS));
        assertEquals(
                spec.columns(),
                spec.withSettings(Map.of("columns", " price : DOUBLE , _c1:string "))
                        .columns());
        assertEquals(Map.of(), spec.withColumns(List.of()).settings());
        assertEquals(List.of(), CollectionSpec.payloads("p").columns());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price",
                "price:",
                ":long",
                "price:int",
                "a:long,",
                "a:long,A:double",
                "Id:long",
                "1a:long",
                "a-b:long",
                "é:long"
            })
    void columnsThatCannotBeAreRefused(String columns) {
        CollectionSpec spec = CollectionSpec.vectors("v", 2, Metric.L2);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> spec.withSettings(Map.of("columns", columns)));
        assertTrue(
                refusal.getMessage().contains("expected")
                        || refusal.getMessage().contains("column"),
                columns);
    }

    @Test
    void payloadsHaveNoColumns() {
        CollectionSpec spec = CollectionSpec.payloads("p");
        assertThrows(IllegalArgumentException.class, () -> spec.withSettings(Map.of("columns", "a:long")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Column.parse(IntStream.rangeClosed(0, Column.MOST)
                        .mapToObj(i -> "c" + i + ":long")
                        .collect(Collectors.joining(","))));
    }
}
