package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long nanos;

    @Test
    void elsewhereThanOnATerminalALineComesNowAndThen() {
        Progress progress = progress(false);
        progress.show(10, 100_000, "");
        at(1.9);
        progress.show(20, 200_000, "");
        assertEquals("", printed());
        at(2);
        progress.show(250, 2_500_000, "");
        at(3);
        progress.show(300, 3_000_000, "");
        at(4);
        progress.show(500, 5_000_000, "log is full, waiting");
        progress.end();
        assertEquals("""
                25 %  250 vectors  125/s, 1.3 MB/s  ETA 0:06
                50 %  500 vectors  125/s, 1.3 MB/s  ETA 0:04  log is full, waiting
                """, printed());
    }

    @Test
    void onATerminalABarIsDrawnOver() {
        Progress progress = progress(true);
        at(0.1);
        progress.show(500, 5_000_000, "");
        assertEquals(
                "\r\033[K[===============               ]  50 %  500 vectors  5000/s, 50.0 MB/s  ETA 0:00", printed());
        progress.end();
        assertTrue(printed().endsWith("\r\033[K"));
    }

    @Test
    void theRateIsOfWhatWasDoneNow() {
        Progress progress =
                new Progress(output(false), new Progress.Work(10_000_000, 5_000_000, "vectors"), () -> nanos);
        at(2);
        assertEquals("100 vectors in 2.0 s (50/s, 0.5 MB/s)", progress.total(100, 6_000_000));
    }

    private Progress progress(boolean terminal) {
        return new Progress(output(terminal), new Progress.Work(10_000_000, 0, "vectors"), () -> nanos);
    }

    private Output output(boolean terminal) {
        return new Output(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    }

    private void at(double seconds) {
        nanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
