package org.seawall.filesystem.gcs;

import java.net.URI;

/**
 * A configuration that was checked.
 *
 * @param store where the store is
 * @param identity who asks
 * @param http by which connections
 * @param objects how objects are written and read
 */
record GcsSettings(Store store, GcsIdentity identity, HttpSettings http, ObjectSettings objects) {

    /**
     * Where the store is.
     *
     * @param endpoint its URL
     * @param project the project's id, or empty
     */
    record Store(String endpoint, String project) {
        private static final String GOOGLE = "https://storage.googleapis.com";

        Store {
            endpoint = endpoint.isBlank() ? GOOGLE : endpoint.trim().replaceAll("/+$", "");
            URI uri = URI.create(endpoint);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("not the URL of a store, expected=https://host[:port]");
            }
        }
    }

    static GcsSettings of(GcsConfiguration configuration) {
        return new GcsSettings(
                new Store(configuration.endpoint(), configuration.project().trim()),
                GcsIdentity.of(configuration, System::getenv),
                HttpSettings.of(configuration),
                ObjectSettings.of(configuration));
    }
}
