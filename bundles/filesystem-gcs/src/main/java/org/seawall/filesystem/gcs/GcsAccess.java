package org.seawall.filesystem.gcs;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which store, and who asks.
 *
 * @param endpoint the store's URL
 * @param project the project's id, or empty
 * @param source where the credentials come from
 * @param impersonate a service account to act as, or empty
 */
record GcsAccess(String endpoint, String project, Source source, String impersonate) {

    private static final String GOOGLE = "https://storage.googleapis.com";
    private static final String JSON_VARIABLE = "GOOGLE_CREDENTIALS";
    private static final String FILE_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

    /** Where credentials come from. */
    sealed interface Source {
        /** What the machine or container is. */
        record Machine() implements Source {}

        /** A file, read again when it changes. */
        record KeyFile(Path path) implements Source {}

        /** Text. */
        record KeyJson(Secret json) implements Source {}

        /** Nobody. */
        record Anonymous() implements Source {}
    }

    GcsAccess {
        endpoint = endpoint.isBlank() ? GOOGLE : endpoint.trim().replaceAll("/+$", "");
        URI uri = URI.create(endpoint);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("not the URL of a store, expected=https://host[:port]");
        }
    }

    static GcsAccess of(GcsConfiguration configuration, UnaryOperator<String> environment) {
        return new GcsAccess(
                configuration.endpoint(),
                configuration.project().trim(),
                source(configuration, environment),
                configuration.impersonate().trim());
    }

    private static Source source(GcsConfiguration configuration, UnaryOperator<String> environment) {
        String way = configuration.credentials().trim();
        return switch (way) {
            // the file is named here and not by the SDK, which would read it once
            case "applicationDefault" -> file(environment).orElseGet(Source.Machine::new);
            case "keyFile" ->
                new Source.KeyFile(
                        Path.of(needed("keyFile", configuration.keyFile().trim())));
            case "keyJson" -> new Source.KeyJson(new Secret(needed("keyJson", configuration.keyJson())));
            case "environment" -> variable(environment);
            case "anonymous" -> new Source.Anonymous();
            default ->
                throw new IllegalArgumentException("no such credentials, value=" + way + ", known="
                        + Arrays.asList("applicationDefault", "keyFile", "keyJson", "environment", "anonymous"));
        };
    }

    private static Source variable(UnaryOperator<String> environment) {
        String json =
                Optional.ofNullable(environment.apply(JSON_VARIABLE)).orElse("").trim();
        if (json.startsWith("{")) {
            return new Source.KeyJson(new Secret(json));
        }
        return json.isEmpty()
                ? file(environment)
                        .orElseThrow(() -> new IllegalArgumentException("no credentials in the environment, variables="
                                + JSON_VARIABLE + " or " + FILE_VARIABLE))
                : new Source.KeyFile(Path.of(json));
    }

    private static Optional<Source> file(UnaryOperator<String> environment) {
        return Optional.ofNullable(environment.apply(FILE_VARIABLE))
                .filter(path -> !path.isBlank())
                .map(path -> new Source.KeyFile(Path.of(path.trim())));
    }

    private static String needed(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set, credentials=" + name);
        }
        return value;
    }
}
