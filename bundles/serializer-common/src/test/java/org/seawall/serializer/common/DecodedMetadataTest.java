package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecodedMetadataTest {
    @Test
    void itHoldsWhatATableWouldAlsoWhereANameComesTwice() {
        for (int count = 0; count < 30; count++) {
            DecodedMetadata decoded = new DecodedMetadata();
            Map<String, Object> expected = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                String name = "n" + i * 5 % 17;
                decoded.add(name, i);
                expected.put(name, i);
            }
            assertEquals(expected, decoded);
            assertEquals(expected.size(), decoded.size());
            Map<String, Object> seen = new LinkedHashMap<>();
            decoded.forEach(seen::put);
            assertEquals(List.copyOf(expected.entrySet()), List.copyOf(seen.entrySet()));
        }
    }
}
