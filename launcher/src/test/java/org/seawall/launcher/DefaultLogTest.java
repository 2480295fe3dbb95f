package org.seawall.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultLogTest {
    private static final String DEFAULT = "org.seawall.log~default.cfg.json";
    private static final String STORE = "org.seawall.viper~default.cfg.json";

    @TempDir
    private Path conf;

    @Test
    void aHomeWithoutALogGetsOne() throws Exception {
        Files.writeString(conf.resolve("org.seawall.filesystem.s3~a.cfg.json"), "{}");
        Files.writeString(conf.resolve("org.seawall.logger~a.cfg.json"), "{}");
        Files.writeString(conf.resolve("org.seawall.viper.cfg.json"), "{}");
        DefaultLog.provide(conf);
        assertTrue(
                Files.readString(conf.resolve(STORE)).contains("\"viper.url\": \"file:${seawall.home}/data/viper\""));
        assertTrue(Files.readString(conf.resolve(DEFAULT)).contains("\"wal.url\": \"file:${seawall.home}/data/wal\""));
    }

    @Test
    void itIsTheOperatorsFromThenOn() throws Exception {
        DefaultLog.provide(conf);
        Files.writeString(conf.resolve(DEFAULT), "{}");
        DefaultLog.provide(conf);
        assertEquals("{}", Files.readString(conf.resolve(DEFAULT)));
    }

    @Test
    void aStoreThatIsGoneStaysGone() throws Exception {
        DefaultLog.provide(conf);
        Files.delete(conf.resolve(STORE));
        DefaultLog.provide(conf);
        assertFalse(Files.exists(conf.resolve(STORE)));
    }

    @Test
    void aStoreThatIsThereIsLeftAlone() throws Exception {
        Path store = conf.resolve("org.seawall.viper-mine.cfg");
        Files.writeString(store, "");
        DefaultLog.provide(conf);
        try (Stream<Path> files = Files.list(conf)) {
            assertEquals(
                    List.of(store, conf.resolve(DEFAULT)),
                    files.sorted(Comparator.reverseOrder()).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.seawall.log~main.cfg.json",
                "org.seawall.log~main.cfg",
                "org.seawall.log-main.cfg",
                "org.seawall.log~main.config"
            })
    void aHomeWithALogIsLeftAlone(String file) throws Exception {
        Files.writeString(conf.resolve(file), "");
        DefaultLog.provide(conf);
        try (Stream<Path> files = Files.list(conf)) {
            assertEquals(List.of(conf.resolve(file)), files.toList());
        }
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path missing = conf.resolve("missing");
        String message = assertThrows(StartException.class, () -> DefaultLog.provide(missing))
                .getMessage();
        assertEquals(
                "no log is configured and the default cannot be written, reason=NoSuchFile, directory=" + missing,
                message);
    }
}
