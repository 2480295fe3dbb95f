package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.seawall.LogUnavailableException;

class CausesTest {
    @Test
    void aLineEndsWithWhatIsAtTheBottom() {
        IOException full = new IOException("No space left on device");
        assertEquals("No space left on device", Causes.line(full));
        assertEquals(
                "next segment not begun, log=x: No space left on device",
                Causes.line(
                        new LogUnavailableException("next segment not begun, log=x", new IOException("write", full))));
    }

    @Test
    void whatTheLineSaysIsNotSaidTwice() {
        FileSystemException root = new FileSystemException("x", null, "Input/output error");
        assertEquals(
                "open failed: x: Input/output error",
                Causes.line(new IOException("open failed: x: Input/output error", root)));
    }

    @Test
    void aCauseWithoutWordsIsNamed() {
        assertEquals("ClosedChannelException", Causes.line(new ClosedChannelException()));
        assertEquals(
                "force failed: ClosedChannelException",
                Causes.line(new IOException("force failed", new ClosedChannelException())));
    }
}
