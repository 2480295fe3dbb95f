package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNameTest {
    @Test
    void aNameHoldsANumberAndAMoment() {
        Instant moment = Instant.parse("2025-06-28T14:20:00Z");
        assertEquals("wal_00000001_20250628142000.avro", SegmentName.of("wal_", 1, moment));
        assertEquals("op_123456789_20250628142000.avro", SegmentName.of("op_", 123_456_789, moment));
        assertEquals(OptionalLong.of(1), SegmentName.number("wal_", "wal_00000001_20250628142000.avro"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wal_1_20250628142000.avro",
                "wal_00000001_2025.avro",
                "wal_00000001_20250628142000.avro.tmp",
                "op_00000001_20250628142000.avro",
                "wal_9999999999999999999_20250628142000.avro",
                "wal_current.avro",
                ""
            })
    void anyOtherNameHasNoNumber(String name) {
        assertEquals(OptionalLong.empty(), SegmentName.number("wal_", name));
    }
}
