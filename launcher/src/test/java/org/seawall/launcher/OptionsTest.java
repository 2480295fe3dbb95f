package org.seawall.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.launcher.Options.Mode;

class OptionsTest {
    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), true);
    }

    @Test
    void aShellRunsOnlyAtATerminal() {
        assertEquals(Mode.SHELL, Options.parse(List.of(), true).mode());
        assertEquals(Mode.SERVE, Options.parse(List.of(), false).mode());
        assertEquals(Mode.SERVE, parse("--nointeractive").mode());
    }

    @Test
    void commandsAreOneLine() {
        Options options = parse("--home", "some where", "--timing", "-c", "wal:list; wal:status");
        assertEquals(Mode.COMMANDS, options.mode());
        assertEquals("wal:list; wal:status", options.commands());
        assertEquals(Optional.of(Path.of("some where")), options.home());
        assertTrue(options.timing());
        assertEquals(Mode.COMMANDS, parse("-c", "wal:list", "--nointeractive").mode());
    }

    @Test
    void commandsMayLookLikeOptions() {
        assertEquals("--help", parse("-c", "--help").commands());
        assertEquals("", parse("-c", "").commands());
    }

    @Test
    void theDemoTakesVectors() {
        Options options = parse("demo", "--vectors", "base.fvecs");
        assertEquals(Mode.DEMO, options.mode());
        assertEquals(Optional.of(Path.of("base.fvecs")), options.vectors());
        assertFalse(options.timing());
    }

    @Test
    void helpAndVersionWinOverWhatFollows() {
        assertEquals(Mode.HELP, parse("--help", "demo").mode());
        assertEquals(Mode.VERSION, parse("-c", "wal:list", "--version").mode());
    }

    @ParameterizedTest
    @CsvSource({
        "--hom, unknown option --hom",
        "wal:list, unknown argument wal:list",
        "-c, no value for -c",
        "--home, no value for --home",
        "demo -c x, 'one of -c and demo, and once'",
        "-c x -c y, 'one of -c and demo, and once'",
        "--vectors x, --vectors goes with demo"
    })
    void aWrongLineSaysWhatIsWrong(String line, String message) {
        UsageException e = assertThrows(UsageException.class, () -> parse(line.split(" ")));
        assertEquals(message, e.getMessage());
    }
}
