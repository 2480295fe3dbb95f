package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;

/** Which key a request is signed with, by the kind of credentials. */
class CredentialSourceTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer roles;
    private CannedServer store;

    @BeforeEach
    void open() throws IOException {
        store = new CannedServer(403, "AccessDenied", Map.of());
        roles = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        roles.createContext("/", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(request + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = given(request.contains("WithWebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        roles.start();
    }

    @AfterEach
    void close() {
        roles.stop(0);
        store.close();
    }

    private static String given(String action) {
        Instant end = Instant.now().plus(Duration.ofHours(1));
        return "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action + "Result>"
                + "<Credentials><AccessKeyId>given-by-role</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                + "<SessionToken>t</SessionToken><Expiration>" + end + "</Expiration></Credentials>"
                + "<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn><AssumedRoleId>i</AssumedRoleId>"
                + "</AssumedRoleUser></" + action + "Result></" + action + "Response>";
    }

    private String signed(TestConfiguration configuration) {
        S3FileSystem files = configuration.open();
        try {
            assertThrows(StorageDeniedException.class, () -> files.list(Location.parse("s3://bucket/wal")));
            return store.authorizations().get(0);
        } finally {
            files.stop();
        }
    }

    private TestConfiguration role(String credentials) {
        return store.configuration()
                .with("credentials", credentials)
                .with("roleArn", "arn:aws:iam::123456789012:role/log")
                .with("stsEndpoint", "http://127.0.0.1:" + roles.getAddress().getPort());
    }

    @Test
    void aStaticKeySigns() {
        String signed = signed(store.configuration());
        assertTrue(signed.contains("Credential=canned/"), signed);
    }

    @Test
    void nobodySignsForAnonymous() {
        assertEquals("null", signed(store.configuration().with("credentials", "anonymous")));
    }

    @Test
    void theKeyOfAnAssumedRoleSigns() {
        String signed = signed(role("assumeRole").with("externalId", "outside"));
        assertTrue(signed.contains("Credential=given-by-role/"), signed);
        assertEquals(1, asked.size());
        assertTrue(asked.get(0).contains("Credential=canned/"), "asked with the static key: " + asked);
        assertTrue(asked.get(0).contains("ExternalId=outside"), asked::toString);
    }

    @Test
    void theKeyOfAWebIdentitySigns(@TempDir Path home) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "token-of-the-platform");
        String signed = signed(role("webIdentity").with("webIdentityTokenFile", token.toString()));
        assertTrue(signed.contains("Credential=given-by-role/"), signed);
        assertTrue(asked.get(0).contains("WebIdentityToken=token-of-the-platform"), asked::toString);
        assertTrue(asked.get(0).endsWith(" null"), "asked without a key: " + asked);
    }
}
