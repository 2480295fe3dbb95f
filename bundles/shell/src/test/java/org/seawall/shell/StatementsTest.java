package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    void semicolonsAndLinesSeparate() {
        assertEquals(List.of("a 1", "b", "c"), Statements.of(" a 1; b\nc ;; "));
        assertEquals(List.of(), Statements.of(""));
    }

    @Test
    void quotesAndBracesHoldTogether() {
        assertEquals(
                List.of("a 'x; y' \"p;q\"", "b { c; d }", "e (f; g)"),
                Statements.of("a 'x; y' \"p;q\"; b { c; d }; e (f; g)"));
    }

    @Test
    void pipesAndRedirectionsStayWithTheirCommand() {
        assertEquals(List.of("a | b > 'f 1'", "c && d"), Statements.of("a | b > 'f 1'; c && d"));
    }

    @Test
    void whatDoesNotParseIsRefused() {
        assertThrows(RuntimeException.class, () -> Statements.of("a 'b"));
    }
}
