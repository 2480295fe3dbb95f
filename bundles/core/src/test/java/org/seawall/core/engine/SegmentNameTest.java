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

    @Test
    void theSecondOfANameIsThatOfItsWritersEpoch() {
        Instant now = Instant.parse("2025-06-28T23:59:58.700Z");
        assertEquals("2025-06-28T23:59:58.700Z", SegmentName.moment(now, 58).toString());
        assertEquals("2025-06-28T23:59:59.700Z", SegmentName.moment(now, 119).toString());
        assertEquals("2025-06-29T00:00:57.700Z", SegmentName.moment(now, 57).toString());
        Instant before = Instant.parse("1969-12-31T23:59:30Z");
        assertEquals("1970-01-01T00:00:01Z", SegmentName.moment(before, 1).toString());
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
