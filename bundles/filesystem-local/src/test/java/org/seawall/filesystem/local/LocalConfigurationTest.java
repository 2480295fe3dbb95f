package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;

class LocalConfigurationTest {

    private static LocalConfiguration reserving(long bytes) {
        return new LocalConfiguration() {
            @Override
            public long reserveBytes() {
                return bytes;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return LocalConfiguration.class;
            }
        };
    }

    @Test
    void aReserveOutOfRangeIsRefusedWithValueAndRange() {
        for (long bytes : new long[] {-1, (1L << 30) + 1}) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> new LocalFileSystem(reserving(bytes)));
            assertEquals("reserveBytes out of range, value=" + bytes + ", range=0..1073741824", e.getMessage());
        }
    }

    @Test
    void everythingThatAFileSystemCanDoIsThere() {
        for (long bytes : new long[] {0, 8_388_608, 1L << 30}) {
            assertEquals(
                    EnumSet.complementOf(EnumSet.of(Capability.SEAL)),
                    new LocalFileSystem(reserving(bytes)).capabilities());
        }
    }

    @Test
    void theSchemesAreAnArrayAndTheDefaultIsEightMebibytes() throws IOException {
        String name = "/OSGI-INF/" + LocalFileSystem.class.getName() + ".xml";
        try (InputStream in = LocalFileSystem.class.getResourceAsStream(name)) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // in the body of the element an array, in its attribute a single value
            assertTrue(xml.contains("<property name=\"seawall.schemes\" type=\"String\">file</property>"), xml);
            assertTrue(xml.contains("<property name=\"reserveBytes\" type=\"Long\" value=\"8388608\"/>"), xml);
            assertTrue(xml.contains("configuration-policy=\"optional\""), xml);
        }
    }
}
