package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.filesystem.common.RetrySettings;
import org.seawall.testkit.MemoryFileSystem;

class S3SettingsTest {

    private static final TestConfiguration DEFAULTS = TestConfiguration.of(Map.of());

    @Test
    void theDefaultsAreGoodAndAskForNothing() {
        S3Settings settings = DEFAULTS.settings();
        assertEquals(RetrySettings.DEFAULT, settings.retries());
        assertEquals(S3Keys.Source.DEFAULT, settings.keys().source());
        assertTrue(settings.probes("any"));
        int before = Thread.activeCount();
        DEFAULTS.open().stop();
        assertEquals(before, Thread.activeCount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint|localhost:9000|endpoint is no URL",
                "endpoint|http://me:hidden@localhost:9000|endpoint is no URL",
                "proxy|http://user:hidden pass@proxy|proxy is no URL",
                "credentials|guess|credentials is none of these, value=guess, known=[default, static,",
                "credentials|static|static credentials need accessKey and secretKey",
                "credentials|assumeRole|no role to assume",
                "credentials|webIdentity|no role to assume",
                "encryption|rot13|encryption is none of these",
                "encryption|customer|no key to encrypt with"
            })
    void whatIsWrongIsNamedWithoutItsSecrets(String name, String value, String words) {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class, () -> DEFAULTS.with(name, value).settings());
        assertTrue(wrong.getMessage().contains(words), wrong::getMessage);
        assertFalse(wrong.getMessage().contains("hidden"), wrong::getMessage);
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        for (String name : new String[] {"multipartThresholdBytes", "multipartPartBytes"}) {
            IllegalArgumentException wrong = assertThrows(
                    IllegalArgumentException.class,
                    () -> DEFAULTS.with(name, 1L).settings());
            assertEquals(name + " out of range, value=1, range=5242880..5368709120", wrong.getMessage());
        }
    }

    @Test
    void noSecretIsInTheTextOfTheSettings() {
        String text = DEFAULTS.with("accessKey", "hidden")
                .with("secretKey", "hidden")
                .with("sessionToken", "hidden")
                .with("customerKey", "hidden")
                .with("proxy", "http://proxy:3128")
                .with("proxyPassword", "hidden")
                .settings()
                .toString();
        assertFalse(text.contains("hidden"), text);
    }

    @Test
    void bucketsThatMayNotBeProbedAreNot() {
        S3Settings settings = DEFAULTS.with("notProbed", new String[] {"a"}).settings();
        assertFalse(settings.probes("a"));
        assertTrue(settings.probes("b"));
        assertFalse(DEFAULTS.with("probe", false).settings().probes("b"));
    }

    @Test
    void theServiceTellsItsSchemesAndNoSecret() {
        Map<String, Object> set = Map.of(
                "endpoint",
                "http://x",
                "accessKey",
                "a",
                "secretKey",
                "b",
                "sessionToken",
                "c",
                "customerKey",
                "d",
                "proxyPassword",
                "e",
                ".hidden",
                "f");
        Dictionary<String, Object> shown = S3Service.SHOWN.of(set, MemoryFileSystem.disk());
        assertEquals(
                Set.of("endpoint", "seawall.schemes", "seawall.capabilities"),
                Set.copyOf(Collections.list(shown.keys())));
        assertEquals(Set.of("s3", "s3a"), Set.of((String[]) shown.get("seawall.schemes")));
    }

    @Test
    void theComponentIsNoServiceAndSecretsArePasswords() throws IOException {
        String component = resource("/OSGI-INF/" + S3Service.class.getName() + ".xml");
        assertFalse(component.contains("<service"), component);
        assertTrue(component.contains("modified=\"change\""), component);
        assertTrue(component.contains("configuration-policy=\"require\""), component);
        String metatype = resource("/OSGI-INF/metatype/" + S3Configuration.class.getName() + ".xml");
        for (String secret : new String[] {"secretKey", "sessionToken", "customerKey", "proxyPassword"}) {
            assertTrue(
                    metatype.matches("(?s).*<AD [^>]*id=\"" + secret + "\" [^>]*type=\"Password\".*"),
                    secret + metatype);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = S3FileSystem.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
