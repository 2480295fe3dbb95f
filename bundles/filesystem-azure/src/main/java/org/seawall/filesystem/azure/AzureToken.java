package org.seawall.filesystem.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.NotDoneException;
import reactor.core.publisher.Mono;

/** Gets tokens over HTTP. Who asks keeps them until they expire. */
final class AzureToken implements TokenCredential {

    private static final long SHORTEST_SECONDS = 60;

    private final TokenSource source;
    private final BlobTransport transport;

    AzureToken(TokenSource source, BlobTransport transport) {
        this.source = source;
        this.transport = transport;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext context) {
        return Mono.fromCallable(() -> getTokenSync(context));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext context) {
        HttpRequest request = source.request();
        try {
            return token(request.uri(), answer(request));
        } catch (IOException e) {
            // whatever went wrong, the request to the storage was not sent
            throw new UncheckedIOException(
                    new NotDoneException("no token for the storage, tokens=" + place(request.uri()), e));
        }
    }

    private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
        HttpResponse<byte[]> answer = transport.exchange(request);
        int status = answer.statusCode();
        if (status == 429 || status >= 500 || status == 404 || status == 410) {
            // a virtual machine's identity service says 404 and 410 while it is not ready
            throw new IOException("token service is not able to answer now, status=" + status);
        }
        if (status != 200) {
            throw new StorageDeniedException("directory gives no token for the storage, check clientId, tenantId and"
                    + " their secret or assignment, status=" + status + ", error=" + error(answer) + ", tokens="
                    + place(request.uri()));
        }
        return answer;
    }

    private static AccessToken token(URI uri, HttpResponse<byte[]> answer) throws IOException {
        Map<String, String> fields = fields(answer);
        String token = fields.getOrDefault("access_token", "");
        if (token.isEmpty()) {
            throw new IOException("answer holds no token, tokens=" + place(uri));
        }
        return new AccessToken(token, expiry(fields));
    }

    private static OffsetDateTime expiry(Map<String, String> fields) {
        long seconds = number(fields.get("expires_in"), -1);
        if (seconds >= 0) {
            return OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(seconds);
        }
        long epoch = number(fields.get("expires_on"), 0);
        OffsetDateTime least = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(SHORTEST_SECONDS);
        OffsetDateTime told = OffsetDateTime.ofInstant(Instant.ofEpochSecond(epoch), ZoneOffset.UTC);
        return told.isAfter(least) ? told : least;
    }

    private static long number(String text, long otherwise) {
        return text != null && text.matches("[0-9]{1,15}") ? Long.parseLong(text) : otherwise;
    }

    /** The short name of what is wrong; the description may quote what was sent. */
    private static String error(HttpResponse<byte[]> answer) {
        try {
            return fields(answer).getOrDefault("error", "none").replaceAll("[^A-Za-z0-9_]", "");
        } catch (IOException notJson) {
            return "unreadable";
        }
    }

    private static Map<String, String> fields(HttpResponse<byte[]> answer) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(new String(answer.body(), StandardCharsets.UTF_8))) {
            Map<String, String> fields = reader.readMap(value -> String.valueOf(value.readUntyped()));
            if (fields == null) {
                throw new IOException("answer of the token service is empty");
            }
            return fields;
        } catch (IllegalStateException e) {
            throw new IOException("answer of the token service is not an object of JSON", e);
        }
    }

    private static String place(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
