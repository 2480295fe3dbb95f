package org.seawall.filesystem.gcs;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.seawall.StorageDeniedException;

/** Credentials of the SDK's. They fetch tokens on the thread that asks, by the connections that they are given. */
final class GcsCredentials {

    private static final List<String> OBJECTS = List.of("https://www.googleapis.com/auth/devstorage.read_write");
    /** To act as another account. */
    private static final List<String> ACCOUNTS = List.of("https://www.googleapis.com/auth/cloud-platform");

    private static final int LIFETIME_SECONDS = 3_600;

    private GcsCredentials() {}

    /** Tokens, or empty for nobody. */
    static Optional<GcsTokens> of(GcsAccess access, HttpTransportFactory http) {
        if (access.source() instanceof GcsAccess.Source.Anonymous) {
            return Optional.empty();
        }
        try {
            // tokens, too, are asked for again by the file system
            GoogleCredentials own = own(access.source(), http).createWithCustomRetryStrategy(false);
            return Optional.of(new GcsTokens(
                    access.impersonate().isEmpty()
                            ? own.createScoped(OBJECTS)
                            : ImpersonatedCredentials.create(
                                    own.createScoped(ACCOUNTS),
                                    access.impersonate(),
                                    List.of(),
                                    OBJECTS,
                                    LIFETIME_SECONDS,
                                    http)));
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new StorageDeniedException(
                    "credentials cannot be read, give a key of Google's in JSON, source=" + access.source(), e);
        }
    }

    private static GoogleCredentials own(GcsAccess.Source source, HttpTransportFactory http) throws IOException {
        if (source instanceof GcsAccess.Source.KeyFile file) {
            try (InputStream in = Files.newInputStream(file.path())) {
                return GoogleCredentials.fromStream(in, http);
            }
        }
        if (source instanceof GcsAccess.Source.KeyJson key) {
            return GoogleCredentials.fromStream(
                    new ByteArrayInputStream(key.json().text().getBytes(StandardCharsets.UTF_8)), http);
        }
        return GoogleCredentials.getApplicationDefault(http);
    }
}
