package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.filesystem.gcs.GcsAccess.Source;
import org.seawall.filesystem.gcs.StubStore.Answer;
import org.seawall.spi.filesystem.Capability;

class GcsConfigurationTest {

    private static final String WORD = "hush-hush";
    private static final String KEY = Base64.getEncoder().encodeToString("an AES-256 key has 32 bytes, all".getBytes());

    private static GcsSettings settings(Object... pairs) {
        Map<String, Object> values = new HashMap<>(Map.of("credentials", "anonymous"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return GcsSettings.of(TestConfiguration.of(values), Map.<String, String>of()::get);
    }

    private static String refusal(Object... pairs) {
        return assertThrows(IllegalArgumentException.class, () -> settings(pairs))
                .getMessage();
    }

    @Test
    void theDefaultsServeWithoutAKeyAndAskNobody() {
        GcsFileSystem files = new GcsFileSystem(TestConfiguration.of(Map.of()));
        assertEquals(
                EnumSet.of(
                        Capability.CREATE_EXCLUSIVE,
                        Capability.CONDITIONAL_REPLACE,
                        Capability.STRONG_LIST,
                        Capability.RANGE_READ),
                files.capabilities());
        files.close();
        assertEquals("https://storage.googleapis.com", settings().access().endpoint());
        assertEquals(
                new Source.Machine(),
                settings("credentials", "applicationDefault").access().source());
    }

    @ParameterizedTest
    @CsvSource({
        "connections, 1, 1024",
        "connectTimeoutMillis, 1, 600000",
        "readTimeoutMillis, 1, 600000",
        "attempts, 1, 100"
    })
    void aNumberOutOfRangeIsRefusedWithValueAndRange(String name, int least, int most) {
        settings(name, least);
        settings(name, most);
        for (int value : new int[] {least - 1, most + 1}) {
            assertEquals(
                    name + " out of range, value=" + value + ", range=" + least + ".." + most, refusal(name, value));
        }
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertEquals(
                "uploadThresholdBytes out of range, value=134217729, range=0..134217728",
                refusal("uploadThresholdBytes", 134_217_729L));
        assertEquals("keyFile is not set, credentials=keyFile", refusal("credentials", "keyFile"));
        assertEquals("keyJson is not set, credentials=keyJson", refusal("credentials", "keyJson"));
        assertTrue(refusal("credentials", "magic").startsWith("no such credentials, value=magic, known=["));
        assertEquals(
                "no credentials in the environment, variables=GOOGLE_CREDENTIALS or GOOGLE_APPLICATION_CREDENTIALS",
                refusal("credentials", "environment"));
        for (String endpoint :
                List.of("storage.googleapis.com", "ftp://host", "https://user:" + WORD + "@host", "http://")) {
            String message = refusal("endpoint", endpoint);
            assertFalse(message.contains(WORD), message);
        }
        assertEquals("not the URL of a proxy, expected=http://host:port", refusal("proxy", "proxy:3128"));
        assertEquals("no such storage class, storageClass=FROZEN", refusal("storageClass", "FROZEN"));
        assertEquals(
                "objects have one key, kmsKey and customerKey are both set",
                refusal("kmsKey", "k", "customerKey", KEY));
        for (String key : List.of("not base64 " + WORD, Base64.getEncoder().encodeToString(WORD.getBytes()))) {
            assertEquals("customerKey is not base64 of an AES-256 key, expectedBytes=32", refusal("customerKey", key));
        }
    }

    @Test
    void aSecretIsReadFromAFile(@TempDir Path directory) throws IOException {
        String file = Files.writeString(directory.resolve("key"), KEY + "\n").toString();
        assertEquals(
                KEY,
                settings("customerKeyFile", file)
                        .objects()
                        .encryption()
                        .customerKey()
                        .text());
        assertEquals(
                "set twice, names=customerKey and customerKeyFile",
                refusal("customerKeyFile", file, "customerKey", KEY));
        String none = directory.resolve("none").toString();
        assertEquals("secret cannot be read, customerKeyFile=" + none, refusal("customerKeyFile", none));
        HttpSettings.Proxy proxy = settings("proxy", "http://proxy:3128", "proxyUser", "u", "proxyPasswordFile", file)
                .http()
                .proxy()
                .orElseThrow();
        assertEquals(new HttpSettings.Proxy("proxy", 3_128, "u", new Secret(KEY)), proxy);
    }

    @Test
    void noSecretIsInAText() {
        String shown = settings(
                        "credentials",
                        "keyJson",
                        "keyJson",
                        "{" + WORD + "}",
                        "customerKey",
                        KEY,
                        "proxy",
                        "http://proxy",
                        "proxyUser",
                        "u",
                        "proxyPassword",
                        WORD)
                .toString();
        assertFalse(shown.contains(WORD) || shown.contains(KEY), shown);
        assertTrue(shown.contains("password=set") && shown.contains("customerKey=set"), shown);
    }

    @Test
    void aStoreIsReachedThroughAProxy() throws IOException {
        try (StubStore proxy = new StubStore(asked -> Answer.json(
                        200,
                        "{\"kind\": \"storage#object\", \"bucket\": \"bucket\", \"name\": \"a\", \"generation\": \"1\","
                                + " \"size\": \"0\"}"));
                TestClients clients = TestClients.of("http://store.invalid", Map.of("proxy", proxy.endpoint()))) {
            assertTrue(clients.bucket("bucket").head("a").isPresent());
            assertTrue(
                    proxy.asked().get(0).uri().startsWith("http://store.invalid/storage/v1/b/bucket/o/a"),
                    proxy.asked().get(0)::uri);
        }
    }

    @Test
    void theProbeIsForTheBucketsThatAreNotNamed() {
        assertTrue(settings("notProbed", new String[] {"other"}).calls().probes("bucket"));
        assertFalse(settings("notProbed", new String[] {"bucket"}).calls().probes("bucket"));
        assertFalse(settings("probe", false).calls().probes("bucket"));
    }

    @Test
    void theMetatypeTellsEverySettingAndHidesSecrets() throws IOException {
        String metatype = resource("/OSGI-INF/metatype/" + GcsConfiguration.class.getName() + ".xml");
        for (Method attribute : GcsConfiguration.class.getDeclaredMethods()) {
            assertTrue(metatype.contains(" id=\"" + attribute.getName() + "\""), attribute.getName());
        }
        for (String secret : GcsService.SECRETS) {
            assertTrue(metatype.matches("(?s).*<AD id=\"" + secret + "\"[^>]*type=\"Password\".*"), metatype);
        }
        assertEquals(GcsService.SECRETS.size(), metatype.split("type=\"Password\"", -1).length - 1, metatype);
        String component = resource("/OSGI-INF/" + GcsService.class.getName() + ".xml");
        assertTrue(component.contains("configuration-policy=\"require\""), component);
        assertTrue(component.contains("modified=\"change\""), component);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GcsConfiguration.class.getResourceAsStream(name)) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
