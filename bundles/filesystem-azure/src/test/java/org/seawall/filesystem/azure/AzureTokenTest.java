package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.NotDoneException;
import reactor.core.publisher.Mono;

/** Tokens from a server on this machine that stands for the directory and for the machine's identity service. */
class AzureTokenTest {

    private static final String ANSWER =
            "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext\":{\"a\":[1]}," + "\"access_token\":\"token-1\"}";

    @TempDir
    Path directory;

    private final Gate gate = new Gate().answering(Gate.Answered.json(200, ANSWER));
    private final HttpThreads threads = new HttpThreads();
    private final BlobTransport transport =
            new BlobTransport(threads, HttpSettings.of(Settings.none().configuration()));
    private final AzureAccount account = AzureAccount.named("account");

    @AfterEach
    void close() {
        threads.close();
        gate.close();
    }

    private AccessToken token(AzureIdentity identity) {
        Login.Token login = (Login.Token) identity.login(account);
        return new AzureToken(login.source(), transport).getTokenSync(new TokenRequestContext());
    }

    private Settings principal() {
        return Settings.none()
                .with("credentials", "servicePrincipal")
                .with("authority", gate.url() + "/")
                .with("tenantId", "tenant-1")
                .with("clientId", "client-1")
                .with("clientSecret", "secret&1");
    }

    private AzureIdentity machine(Map<String, String> environment) {
        return AzureIdentity.of(
                Settings.none()
                        .with("credentials", "managedIdentity")
                        .with("clientId", "client-1")
                        .configuration(),
                environment);
    }

    @Test
    void aServicePrincipalSendsItsSecretToTheDirectory() {
        AccessToken token = token(principal().identity());
        assertEquals("token-1", token.getToken());
        assertTrue(
                token.getExpiresAt().isAfter(OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(3_000)));
        assertEquals("POST", gate.last().method());
        assertEquals("/tenant-1/oauth2/v2.0/token", gate.last().uri());
        List<String> form = List.of(gate.last().text().split("&"));
        assertTrue(
                form.containsAll(List.of(
                        "client_secret=secret%261",
                        "grant_type=client_credentials",
                        "client_id=client-1",
                        "scope=https%3A%2F%2Fstorage.azure.com%2F.default")),
                form::toString);
    }

    @Test
    void aMachineAsksItsIdentityService() {
        gate.answering(
                Gate.Answered.json(200, "{\"access_token\":\"token-2\",\"expires_in\":\"3600\",\"expires_on\":\"1\"}"));
        AccessToken token = token(machine(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", gate.url())));
        assertEquals("token-2", token.getToken());
        assertTrue(
                token.getExpiresAt().isAfter(OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(3_000)));
        assertEquals("true", gate.last().headers().get("metadata"));
        assertEquals(
                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com%2F"
                        + "&client_id=client-1",
                gate.last().uri());
    }

    @Test
    void aServiceThatRunsUsIsAskedWithItsHeader() {
        long hence = OffsetDateTime.now(ZoneOffset.UTC).plusHours(2).toEpochSecond();
        gate.answering(Gate.Answered.json(200, "{\"access_token\":\"token-3\",\"expires_on\":\"" + hence + "\"}"));
        AccessToken token =
                token(machine(Map.of("IDENTITY_ENDPOINT", gate.url() + "/msi/token", "IDENTITY_HEADER", "header-1")));
        assertEquals(hence, token.getExpiresAt().toEpochSecond());
        assertEquals("header-1", gate.last().headers().get("x-identity-header"));
        assertTrue(
                gate.last().uri().startsWith("/msi/token?api-version=2019-08-01&"),
                gate.last().uri());
    }

    @Test
    void aWorkloadSendsTheTokenThatIsInItsFileNow() throws IOException {
        Path file = directory.resolve("federated");
        Files.writeString(file, "federated-1");
        Map<String, String> environment = Map.of(
                "AZURE_FEDERATED_TOKEN_FILE",
                file.toString(),
                "AZURE_TENANT_ID",
                "tenant-1",
                "AZURE_CLIENT_ID",
                "client-1",
                "AZURE_AUTHORITY_HOST",
                gate.url());
        AzureIdentity identity = AzureIdentity.of(Settings.none().configuration(), environment);
        assertEquals(AzureIdentity.Kind.workloadIdentity, identity.kind());
        token(identity);
        assertTrue(gate.last().text().contains("client_assertion=federated-1&"), gate.last()::text);
        Files.writeString(file, "federated-2");
        token(identity);
        assertTrue(gate.last().text().contains("client_assertion=federated-2&"), gate.last()::text);
    }

    @Test
    void aRequestBearsTheTokenAndASecondOneDoesNotAskAgain() {
        List<String> seen = new ArrayList<>();
        AtomicReference<AzureIdentity> configured =
                new AtomicReference<>(principal().identity());
        AuthenticationPolicy policy =
                new AuthenticationPolicy(() -> configured.get().login(account), transport);
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .policies(policy)
                .httpClient(request -> {
                    seen.add(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION));
                    return Mono.fromCallable(() -> new BlobResponse(
                            request,
                            transport.exchange(java.net.http.HttpRequest.newBuilder(URI.create(gate.url()))
                                    .build())));
                })
                .build();
        HttpRequest request = new HttpRequest(HttpMethod.GET, "https://account.blob.core.windows.net/c/k");
        pipeline.sendSync(request, Context.NONE);
        pipeline.send(request.copy()).block();
        assertEquals(List.of("Bearer token-1", "Bearer token-1"), seen);
        assertEquals(1, tokensGiven());
        configured.set(principal().with("clientSecret", "another").identity());
        pipeline.sendSync(request.copy(), Context.NONE);
        assertEquals(2, tokensGiven());
    }

    private long tokensGiven() {
        return gate.asked().stream()
                .filter(asked -> asked.method().equals("POST"))
                .count();
    }

    @Test
    void aDirectoryThatRefusesIsToldWithoutTheSecret() {
        gate.answering(Gate.Answered.json(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: secret&1 is wrong\"}"));
        StorageDeniedException error = assertThrows(
                StorageDeniedException.class, () -> token(principal().identity()));
        assertTrue(error.getMessage().contains("status=401, error=invalid_client"), error::getMessage);
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("secret&1"), trace::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 429, 500, 503})
    void aTokenThatIsNotToBeHadNowMeansThatNothingWasSent(int status) {
        gate.answering(Gate.Answered.json(status, "{}"));
        UncheckedIOException error =
                assertThrows(UncheckedIOException.class, () -> token(principal().identity()));
        assertEquals(NotDoneException.class, error.getCause().getClass());
        assertEquals(
                "no token for the storage, tokens=" + gate.url() + "/tenant-1/oauth2/v2.0/token",
                error.getCause().getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"access_token\":"})
    void anAnswerThatIsNoTokenMeansThatNothingWasSent(String answer) {
        gate.answering(Gate.Answered.json(200, answer));
        UncheckedIOException error =
                assertThrows(UncheckedIOException.class, () -> token(principal().identity()));
        assertEquals(NotDoneException.class, error.getCause().getClass());
    }
}
