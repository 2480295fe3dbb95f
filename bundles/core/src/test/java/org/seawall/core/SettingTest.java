package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;

class SettingTest {
    private static final CollectionSettings USUAL = CollectionSettings.of(Map.of());

    @Test
    void everySettingIsAnAttributeOfTheLogWithTheSameDefault() throws Exception {
        for (Setting setting : Setting.values()) {
            Object byDefault = LogConfiguration.class
                    .getDeclaredMethod(setting.attribute())
                    .getDefaultValue();
            assertEquals(byDefault.toString(), setting.usual(), setting.attribute());
            assertEquals(setting.usual(), setting.checked(setting.usual()), setting.attribute());
        }
    }

    @Test
    void anOverrideTakesTheLogsPlace() {
        CollectionSettings own = USUAL.with(Map.of("segmentBytes", " 65536 ", "visibility", "immediate"));
        assertEquals(65_536, own.engine().segmentBytes());
        assertEquals("IMMEDIATE", own.all().get("visibility"));
        assertEquals(USUAL.engine().groupBytes(), own.engine().groupBytes());
    }

    @Test
    void whatIsNoSettingIsRefusedByName() {
        String told = refused("segmentByte", "65536");
        assertTrue(told.contains("segmentByte") && told.contains("segmentBytes"), told);
    }

    @Test
    void aValueOutOfRangeIsRefusedWithTheRange() {
        assertEquals(
                "attribute out of range, expected 65536 to 1073741824, segmentBytes=65535",
                refused("segmentBytes", "65535"));
        assertEquals(
                "attribute out of range, expected 65536 to 1073741824, segmentBytes=many",
                refused("segmentBytes", "many"));
        assertEquals(
                "attribute out of range, expected one of [MEMORY, OS, PERIODIC, DURABLE], acknowledgement=maybe",
                refused("acknowledgement", "maybe"));
    }

    @Test
    void aBatchThatTheLogCouldNeverTakeIsRefused() {
        CollectionSettings log = USUAL.within(50_000_000);
        assertEquals(50_000_000, log.with(Map.of("maxBatchBytes", "50000000")).maxBatchBytes());
        IllegalArgumentException told = assertThrows(
                IllegalArgumentException.class,
                () -> log.with(Map.of("versions", "2")).with(Map.of("maxBatchBytes", "50000001")));
        assertEquals(
                "setting above a limit of the log, lower it or raise inFlightBytes of the log, maxBatchBytes=50000001,"
                        + " inFlightBytes=50000000",
                told.getMessage());
    }

    private static String refused(String name, String value) {
        return assertThrows(IllegalArgumentException.class, () -> USUAL.with(Map.of(name, value)))
                .getMessage();
    }
}
