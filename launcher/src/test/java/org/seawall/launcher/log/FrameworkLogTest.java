package org.seawall.launcher.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;

/** OSGi's log service writes what SLF4J writes. */
class FrameworkLogTest {
    private final List<LogRecord> records = new ArrayList<>();
    private final java.util.logging.Logger target = java.util.logging.Logger.getLogger("a.component");
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {
            // kept in memory
        }

        @Override
        public void close() {
            // kept in memory
        }
    };

    @BeforeEach
    void record() {
        target.setUseParentHandlers(false);
        target.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        target.removeHandler(recorder);
        target.setUseParentHandlers(true);
    }

    @Test
    void levelsPlaceholdersAndCausesComeThrough() {
        Logger log = new FrameworkLog().getLogger("a.component");
        IllegalStateException cause = new IllegalStateException();
        log.warn("{} is not {}", 1, 2);
        log.error("failed, name={}", "x", cause);
        log.audit("always");
        log.debug("not at this level");
        log.info(logger -> logger.info("asked"));

        assertEquals("1 is not 2", records.get(0).getMessage());
        assertEquals(Level.WARNING, records.get(0).getLevel());
        assertEquals("failed, name=x", records.get(1).getMessage());
        assertSame(cause, records.get(1).getThrown());
        assertEquals("always", records.get(2).getMessage());
        assertEquals("asked", records.get(3).getMessage());
        assertEquals(4, records.size());
    }

    @Test
    void aLoggerTellsWhatItWrites() {
        FormatterLogger log = new FrameworkLog().getLogger("a.component", FormatterLogger.class);
        assertTrue(log.isInfoEnabled());
        assertFalse(log.isDebugEnabled());
        assertEquals("a.component", log.getName());
        assertEquals(log, log);
        assertEquals("Logger[a.component]", log.toString());
    }

    @Test
    @SuppressWarnings("deprecation")
    void theOldMethodsWriteToo() {
        java.util.logging.Logger old = java.util.logging.Logger.getLogger("osgi");
        old.addHandler(recorder);
        old.setUseParentHandlers(false);
        new FrameworkLog().log(LogService.LOG_WARNING, "old");
        old.removeHandler(recorder);
        old.setUseParentHandlers(true);
        assertEquals("old", records.get(0).getMessage());
        assertEquals(Level.WARNING, records.get(0).getLevel());
        assertNull(records.get(0).getThrown());
    }
}
