package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogNameTest {
    private static final String PID = "service.pid";
    private static final String FILE = "felix.fileinstall.filename";

    @Test
    void isThatOfTheConfiguration() {
        assertEquals("main", LogName.of(Map.of(PID, "org.seawall.log~main")));
        assertEquals("a~b-c", LogName.of(Map.of(PID, "org.seawall.log~a~b-c")));
        assertEquals(
                "main",
                LogName.of(Map.of(PID, "org.seawall.log~main", FILE, "file:/etc/org.seawall.log~main.cfg.json")));
    }

    @Test
    void isThatOfTheFileWhereTheConfigurationHasNone() {
        assertEquals("main", ofFile("file:/karaf/etc/org.seawall.log-main.cfg"));
        assertEquals("main-2.1", ofFile("file:/a-b/etc/org.seawall.log-main-2.1.cfg"));
        assertEquals("main", ofFile("file:/karaf/etc/org.seawall.log-main.config"));
    }

    @Test
    void isDefaultWhereNobodyGaveOne() {
        assertEquals("default", ofFile("file:/karaf-4/etc/org.seawall.log.cfg"));
        assertEquals("default", LogName.of(Map.of(PID, "org.seawall.log.1a9cc2ed-0fd0-4746")));
        assertEquals("default", LogName.of(Map.of()));
    }

    private static String ofFile(String file) {
        return LogName.of(Map.of(PID, "org.seawall.log.1a9cc2ed-0fd0-4746-8ba7", FILE, file));
    }
}
