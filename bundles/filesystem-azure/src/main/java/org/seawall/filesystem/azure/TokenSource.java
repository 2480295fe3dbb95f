package org.seawall.filesystem.azure;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a token for the storage comes from: one small request. */
sealed interface TokenSource {

    String RESOURCE = "https://storage.azure.com/";

    /** The request for a token, with secrets as they are now. */
    HttpRequest request();

    /** An application that the directory of a tenant knows. */
    record Client(String authority, String tenantId, String clientId) {
        private static final String PUBLIC = "https://login.microsoftonline.com";

        void required() {
            if (tenantId.isEmpty() || clientId.isEmpty()) {
                throw new IllegalArgumentException(
                        "these credentials need settings that are empty, settings=tenantId, clientId");
            }
        }

        HttpRequest request(Map<String, String> form) {
            String base = (authority.isEmpty() ? PUBLIC : authority).replaceAll("/+$", "");
            Map<String, String> all = new LinkedHashMap<>(form);
            all.put("grant_type", "client_credentials");
            all.put("client_id", clientId);
            all.put("scope", RESOURCE + ".default");
            return HttpRequest.newBuilder(URI.create(base + "/" + encoded(tenantId) + "/oauth2/v2.0/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(query(all)))
                    .build();
        }
    }

    /**
     * Where the machine gives tokens away.
     *
     * @param endpoint of the service that runs us, or of the virtual machine
     * @param header what that service wants to see, or unset on a virtual machine
     */
    record Machine(String endpoint, Secret header) {
        private static final String VIRTUAL_MACHINE = "http://169.254.169.254";

        static Machine of(Map<String, String> environment) {
            String endpoint = environment.getOrDefault("IDENTITY_ENDPOINT", "");
            Secret header = new Secret("identityHeader", environment.getOrDefault("IDENTITY_HEADER", ""), "");
            return endpoint.isEmpty() || !header.isSet()
                    ? new Machine(
                            environment.getOrDefault("AZURE_POD_IDENTITY_AUTHORITY_HOST", VIRTUAL_MACHINE), Secret.NONE)
                    : new Machine(endpoint, header);
        }

        boolean isService() {
            return header.isSet();
        }
    }

    /** The identity that Azure gave to the machine or service that we run on. */
    record ManagedIdentity(Machine machine, String clientId) implements TokenSource {
        @Override
        public HttpRequest request() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("api-version", machine.isService() ? "2019-08-01" : "2018-02-01");
            query.put("resource", RESOURCE);
            if (!clientId.isEmpty()) {
                query.put("client_id", clientId);
            }
            String base = machine.isService()
                    ? machine.endpoint()
                    : machine.endpoint().replaceAll("/+$", "") + "/metadata/identity/oauth2/token";
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "?" + query(query)))
                    .GET();
            return machine.isService()
                    ? request.header("X-IDENTITY-HEADER", machine.header().read())
                            .build()
                    : request.header("Metadata", "true").build();
        }
    }

    /** An application with a secret. */
    record ServicePrincipal(Client client, Secret clientSecret) implements TokenSource {
        @Override
        public HttpRequest request() {
            return client.request(Map.of("client_secret", clientSecret.read()));
        }
    }

    /** An application that a token of somebody else stands for, such as one of Kubernetes, which is replaced every hour. */
    record WorkloadIdentity(Client client, Secret federatedToken) implements TokenSource {
        @Override
        public HttpRequest request() {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", federatedToken.read());
            return client.request(form);
        }
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
