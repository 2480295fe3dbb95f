package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.Bucket;
import org.seawall.spi.filesystem.Capability;

class AzureConfigurationTest {

    private static final String SECRET = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";

    private final Gate gate = new Gate()
            .answering(new Gate.Answered(
                    201,
                    Map.of(
                            "ETag",
                            "\"0x1\"",
                            "Last-Modified",
                            "Tue, 24 Nov 2026 00:00:00 GMT",
                            "x-ms-request-server-encrypted",
                            "true"),
                    ""));

    @AfterEach
    void close() {
        gate.close();
    }

    private static String refused(Settings settings) {
        return assertThrows(IllegalArgumentException.class, settings::files).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "blockBytes, 65535, 65536..268435456",
        "blockBytes, 268435457, 65536..268435456",
        "parallelism, 0, 1..64",
        "connections, 513, 1..512",
        "connectTimeoutMillis, 0, 1..600000",
        "requestTimeoutMillis, 3600001, 1..3600000"
    })
    void aValueOutOfItsRangeIsRefusedWithBoth(String name, int value, String range) {
        assertEquals(
                name + " out of range, value=" + value + ", range=" + range,
                refused(Settings.none().with(name, value)));
    }

    @ParameterizedTest
    @CsvSource({
        "accountKey, accountKey",
        "sas, sasToken",
        "connectionString, connectionString",
        "servicePrincipal, tenantId",
        "workloadIdentity, tenantId"
    })
    void credentialsThatNeedASettingSayWhich(String credentials, String setting) {
        String message = refused(Settings.none().with("credentials", credentials));
        assertTrue(message.contains(setting), message);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertTrue(refused(Settings.none().with("credentials", "magic")).contains("credentials=magic"));
        assertTrue(refused(Settings.none().with("accessTier", "Archive")).contains("accessTier=Archive"));
        assertTrue(refused(Settings.none().with("account", "Not_An_Account")).contains("account=Not_An_Account"));
        assertTrue(refused(Settings.none().with("attempts", 0)).contains("attempts"));
        assertTrue(refused(Settings.none().with("proxy", "http://me:secret@proxy:8080"))
                .contains("setting=proxy"));
        assertTrue(refused(Settings.none().with("encryptionScope", "a").with("customerKey", SECRET))
                .contains("customerKey"));
        assertTrue(refused(Settings.none().with("accountKey", SECRET).with("accountKeyFile", "/key"))
                .contains("accountKeyFile"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host",
                "account.blob.core.windows.net",
                "https://me:secret@account.blob.core.windows.net",
                "https://account.blob.core.windows.net/?sv=1&sig=secret",
                "https://account blob?sig=secret"
            })
    void anEndpointIsAUrlWithoutSecrets(String endpoint) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Settings.none().with("endpoint", endpoint).files());
        for (Throwable at = e; at != null; at = at.getCause()) {
            assertFalse(at.getMessage().contains("secret"), at.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Container", "a--b", "-ab", "ab-", "a_b", "$Web"})
    void aContainerHasAzuresNames(String name) throws IOException {
        try (AzureStore store = Settings.none().with("account", "account").store()) {
            IOException e = assertThrows(IOException.class, () -> store.bucket(name));
            assertTrue(e.getMessage().contains("container=" + name), e::getMessage);
        }
    }

    @Test
    void anAccountComesFromTheLocationIfNothingElseNamesOne() throws IOException {
        assertEquals(
                new AzureAccount("seawall", "https://seawall.blob.core.windows.net"),
                AzureLocation.of("wal@seawall.dfs.core.windows.net").account().orElseThrow());
        assertEquals(
                new AzureAccount("seawall", "https://seawall.blob.core.chinacloudapi.cn"),
                AzureLocation.of("wal@seawall.blob.core.chinacloudapi.cn")
                        .account()
                        .orElseThrow());
        try (AzureStore store = Settings.none().store()) {
            IOException e = assertThrows(IOException.class, () -> store.bucket("wal"));
            assertTrue(e.getMessage().startsWith("no storage account is known"), e::getMessage);
            store.bucket("wal@seawall.dfs.core.windows.net");
        }
    }

    @Test
    void noSecretIsShown() {
        Settings all = Settings.none()
                .with("account", "seawall")
                .with("accountKey", SECRET)
                .with("sasToken", SECRET)
                .with("connectionString", SECRET)
                .with("clientSecret", SECRET)
                .with("customerKey", SECRET + "c2VjcmV0c2U=")
                .with("proxy", "proxy:8080")
                .with("proxyPassword", SECRET);
        for (String way : List.of("accountKey", "sas", "anonymous")) {
            AzureIdentity identity = all.with("credentials", way).identity();
            String shown = identity + " " + AzureSettings.of(all.configuration(), Map.of()) + " "
                    + identity.login(AzureAccount.named("seawall"));
            assertFalse(shown.contains(SECRET), shown);
        }
    }

    @Test
    void whatIsSetGoesWithEachWrite() throws IOException {
        Settings settings = Settings.none()
                .with("endpoint", gate.url() + "/account")
                .with("credentials", "anonymous")
                .with("accessTier", "Cool");
        try (AzureStore store = settings.with("encryptionScope", "scope-1").store()) {
            put(store);
            assertEquals("scope-1", gate.last().headers().get("x-ms-encryption-scope"));
            assertEquals("Cool", gate.last().headers().get("x-ms-access-tier"));
            assertEquals("*", gate.last().headers().get("if-none-match"));
            assertEquals("put-1", gate.last().headers().get("x-ms-meta-seawallputid"));
        }
    }

    /** An append blob has no tier of its own: naming one would be refused. */
    @Test
    void whatIsSetGoesWithEachAppendButTheTier() throws IOException {
        Settings settings = Settings.none()
                .with("endpoint", gate.url() + "/account")
                .with("credentials", "anonymous")
                .with("accessTier", "Cool")
                .with("encryptionScope", "scope-1");
        try (AzureStore store = settings.store()) {
            AzureBucket bucket = store.azureBucket("container");
            bucket.begin("grown");
            Map<String, String> begun = gate.last().headers();
            assertEquals("AppendBlob", begun.get("x-ms-blob-type"));
            assertEquals("*", begun.get("if-none-match"));
            assertEquals("scope-1", begun.get("x-ms-encryption-scope"));
            bucket.append("grown", 0, List.of(ByteBuffer.wrap(new byte[3])));
            Map<String, String> appended = gate.last().headers();
            assertEquals("0", appended.get("x-ms-blob-condition-appendpos"));
            assertEquals("scope-1", appended.get("x-ms-encryption-scope"));
            gate.answering(new Gate.Answered(200, Map.of("ETag", "\"0x2\""), ""));
            bucket.seal("grown");
            assertTrue(gate.last().uri().contains("comp=seal"), gate.last()::toString);
            assertTrue(gate.asked().stream().noneMatch(one -> one.headers().containsKey("x-ms-access-tier")));
        }
    }

    /** For accounts without append blobs. */
    @Test
    void withoutAppendBlobsNothingGrows() {
        Settings settings =
                Settings.none().with("endpoint", gate.url() + "/account").with("credentials", "anonymous");
        try (AzureFileSystem files = settings.files();
                AzureFileSystem without = settings.with("appendBlobs", false).files()) {
            assertTrue(files.capabilities().contains(Capability.SEAL));
            assertEquals(8 << 20, files.appendLimits().bytes());
            assertFalse(without.capabilities().contains(Capability.SEAL));
            assertThrows(UnsupportedOperationException.class, without::appendLimits);
        }
    }

    @Test
    void keysAndTokensGoOverHttpsOnly() throws IOException {
        Settings http = Settings.none().with("endpoint", gate.url() + "/account");
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        try (AzureStore store =
                http.with("credentials", "anonymous").with("customerKey", key).store()) {
            assertThrows(StorageDeniedException.class, () -> put(store));
        }
        try (AzureStore store = http.with("credentials", "managedIdentity").store()) {
            StorageDeniedException e = assertThrows(StorageDeniedException.class, () -> put(store));
            assertEquals("endpoint has to be https for tokens, endpoint=" + gate.url() + "/account", e.getMessage());
        }
        assertEquals(List.of(), gate.asked());
        String message = refused(Settings.none().with("customerKey", SECRET));
        assertTrue(message.contains("expectedBytes=32") && !message.contains(SECRET), message);
    }

    private static void put(AzureStore store) throws IOException {
        store.bucket("container").put("key", List.of(ByteBuffer.allocate(3)), new Bucket.Condition.Absent(), "put-1");
    }

    @Test
    void aProxyIsAskedForAllButThisMachine() throws IOException {
        String proxy = gate.url().substring("http://".length());
        Settings settings = Settings.none().with("credentials", "anonymous").with("proxy", proxy);
        try (AzureStore store =
                settings.with("endpoint", "http://account.blob.invalid").store()) {
            put(store);
            assertEquals(
                    "http://account.blob.invalid/container/key", gate.last().uri());
        }
        try (AzureStore store =
                settings.with("endpoint", gate.url() + "/account").store()) {
            put(store);
            assertEquals("/account/container/key", gate.last().uri());
        }
    }

    @Test
    void everySecretOfTheMetatypeIsKeptFromTheService() throws IOException {
        String metatype = resource("/OSGI-INF/metatype/" + AzureConfiguration.class.getName() + ".xml");
        Matcher passwords =
                Pattern.compile("<AD id=\"([A-Za-z]+)\"[^>]*type=\"Password\"").matcher(metatype);
        TreeSet<String> found = new TreeSet<>();
        while (passwords.find()) {
            found.add(passwords.group(1));
        }
        assertEquals(new TreeSet<>(AzureService.SECRETS), found);
        String component = resource("/OSGI-INF/" + AzureService.class.getName() + ".xml");
        assertFalse(component.contains("<service"), component);
        assertTrue(component.contains("configuration-pid=\"org.seawall.filesystem.azure\""), component);
        assertTrue(component.contains("modified=\"change\""), component);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AzureService.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
