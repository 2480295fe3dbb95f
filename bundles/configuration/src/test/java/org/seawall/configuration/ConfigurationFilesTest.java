package org.seawall.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files and placeholders in them. */
class ConfigurationFilesTest {
    private static final Placeholders PLACEHOLDERS =
            new Placeholders(Map.of("seawall.home", "/opt/my $1 home")::get, Map.of("KEY", "secret")::get);

    @Test
    void jsonAndInstancesAreOurs() {
        assertTrue(ConfigurationName.isOurs("org.seawall.metrics.cfg.json"));
        assertTrue(ConfigurationName.isOurs("org.seawall.log~main.cfg.json"));
        assertTrue(ConfigurationName.isOurs("org.seawall.log~main.cfg"));
        assertFalse(ConfigurationName.isOurs("org.seawall.log-main.cfg"));
        assertFalse(ConfigurationName.isOurs("org.seawall.metrics.cfg"));
        assertFalse(ConfigurationName.isOurs("org.seawall.log~main.config"));
    }

    @Test
    void theNameOfAFileIsTheNameOfItsConfiguration() {
        assertEquals(new ConfigurationName("a.b", ""), ConfigurationName.of("a.b.cfg.json"));
        assertEquals(new ConfigurationName("a.b", "c~d"), ConfigurationName.of("a.b~c~d.cfg.json"));
        assertEquals(new ConfigurationName("a.b", "c-d"), ConfigurationName.of("a.b~c-d.cfg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".cfg.json", "~a.cfg.json", "a~.cfg.json"})
    void aFileWithoutAPidOrANameIsRefused(String file) {
        assertThrows(IllegalArgumentException.class, () -> ConfigurationName.of(file));
    }

    @Test
    void placeholdersAreReplacedInTexts() {
        assertEquals("file:/opt/my $1 home/data", PLACEHOLDERS.replaceIn("file:${seawall.home}/data"));
        assertEquals("secret/secret", PLACEHOLDERS.replaceIn("${env:KEY}/${env:KEY}"));
        assertArrayEquals(
                new String[] {"secret", "$"}, (String[]) PLACEHOLDERS.replaceIn(new String[] {"${env:KEY}", "$"}));
        assertEquals(List.of("secret", 1L), PLACEHOLDERS.replaceIn(List.of("${env:KEY}", 1L)));
        assertEquals(1L, PLACEHOLDERS.replaceIn(1L));
    }

    @Test
    void aPlaceholderWithoutAValueIsNamed() {
        assertEquals(
                "placeholder without a value, name=env:NONE",
                assertThrows(IllegalArgumentException.class, () -> PLACEHOLDERS.replaceIn("${env:NONE}"))
                        .getMessage());
    }
}
