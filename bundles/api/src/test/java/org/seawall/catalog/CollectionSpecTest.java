package org.seawall.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
