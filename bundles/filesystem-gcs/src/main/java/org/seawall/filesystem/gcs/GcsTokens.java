package org.seawall.filesystem.gcs;

import com.google.auth.Credentials;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Tokens of credentials, fetched where we say. The SDK makes credentials of its own from those that it knows, which would fetch
 * theirs in the middle of a request.
 */
final class GcsTokens extends Credentials {
    private static final long serialVersionUID = 1L;

    private final OAuth2Credentials credentials;

    GcsTokens(OAuth2Credentials credentials) {
        this.credentials = credentials;
    }

    /** Fetches one if there is none that serves. */
    void ready() throws IOException {
        credentials.refreshIfExpired();
    }

    @Override
    public String getAuthenticationType() {
        return credentials.getAuthenticationType();
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(URI uri) throws IOException {
        return credentials.getRequestMetadata(uri);
    }

    @Override
    public boolean hasRequestMetadata() {
        return credentials.hasRequestMetadata();
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return credentials.hasRequestMetadataOnly();
    }

    @Override
    public void refresh() throws IOException {
        credentials.refresh();
    }

    @Override
    public String getUniverseDomain() throws IOException {
        return credentials.getUniverseDomain();
    }
}
