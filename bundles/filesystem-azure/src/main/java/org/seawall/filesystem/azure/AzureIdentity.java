package org.seawall.filesystem.azure;

import java.util.Map;
import java.util.Optional;
import org.seawall.StorageDeniedException;

/**
 * Who asks, as configured. Secrets are read when a request needs them.
 *
 * @param kind by which way the storage knows us
 * @param keys for the ways without tokens
 * @param application for tokens
 */
record AzureIdentity(Kind kind, Keys keys, Application application) {

    /** The values of the setting {@code credentials}; an environment that was looked at is one of the others, or nothing. */
    enum Kind {
        accountKey,
        sas,
        connectionString,
        managedIdentity,
        servicePrincipal,
        workloadIdentity,
        anonymous,
        nothing
    }

    /** Keys of an account. */
    record Keys(Secret accountKey, Secret sasToken, Secret connectionString) {
        static final Keys NONE = new Keys(Secret.NONE, Secret.NONE, Secret.NONE);
    }

    /** What gets tokens. */
    record Application(TokenSource.Client client, Secret clientSecret, String tokenFile, TokenSource.Machine machine) {}

    AzureIdentity {
        switch (kind) {
            case accountKey -> keys.accountKey().required();
            case sas -> keys.sasToken().required();
            case connectionString -> keys.connectionString().required();
            case servicePrincipal -> {
                application.client().required();
                application.clientSecret().required();
            }
            case workloadIdentity -> {
                application.client().required();
                if (application.tokenFile().isEmpty()) {
                    throw new IllegalArgumentException(
                            "these credentials need a setting that is empty, setting=federatedTokenFile");
                }
            }
            default -> {}
        }
    }

    static AzureIdentity of(AzureConfiguration configuration, Map<String, String> environment) {
        Keys keys = new Keys(
                new Secret("accountKey", configuration.accountKey(), configuration.accountKeyFile()),
                new Secret("sasToken", configuration.sasToken(), configuration.sasTokenFile()),
                new Secret("connectionString", configuration.connectionString(), configuration.connectionStringFile()));
        Secret secret = new Secret("clientSecret", configuration.clientSecret(), configuration.clientSecretFile());
        TokenSource.Client client = new TokenSource.Client(
                configuration.authority().trim(),
                configuration.tenantId().trim(),
                configuration.clientId().trim());
        Application application = new Application(
                client, secret, configuration.federatedTokenFile().trim(), TokenSource.Machine.of(environment));
        String way = configuration.credentials().trim();
        if (way.equals("environment")) {
            return FromEnvironment.identity(environment, application);
        }
        return new AzureIdentity(kind(way), keys, application);
    }

    private static Kind kind(String way) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.nothing && kind.name().equals(way)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such way to get credentials, credentials=" + way);
    }

    /** The account that the credentials are for, where they say so. */
    Optional<AzureAccount> account() {
        return kind == Kind.connectionString
                ? Optional.of(
                        ConnectionString.parse(keys.connectionString().read()).account())
                : Optional.empty();
    }

    /** What requests to an account are signed with now. */
    Login login(AzureAccount account) {
        return switch (kind) {
            case accountKey ->
                new Login.SharedKey(account.name(), keys.accountKey().now());
            case sas -> new Login.Signature(keys.sasToken().now());
            case connectionString ->
                login(account, ConnectionString.parse(keys.connectionString().read()));
            case managedIdentity, servicePrincipal, workloadIdentity -> new Login.Token(tokens(), this);
            case anonymous -> new Login.Anonymous();
            case nothing ->
                throw new StorageDeniedException("no credentials in the environment, set one of these"
                        + " variables or choose other credentials, variables=" + FromEnvironment.VARIABLES
                        + ", account="
                        + account.name());
        };
    }

    private TokenSource tokens() {
        return switch (kind) {
            case managedIdentity ->
                new TokenSource.ManagedIdentity(
                        application.machine(), application.client().clientId());
            case servicePrincipal -> new TokenSource.ServicePrincipal(application.client(), application.clientSecret());
            default ->
                new TokenSource.WorkloadIdentity(
                        application.client(), new Secret("federatedToken", "", application.tokenFile()));
        };
    }

    private static Login login(AzureAccount account, ConnectionString string) {
        if (!string.account().name().equals(account.name())) {
            throw new StorageDeniedException("connection string is another account's, stringAccount="
                    + string.account().name() + ", account=" + account.name());
        }
        return string.accountKey().isSet()
                ? new Login.SharedKey(account.name(), string.accountKey())
                : new Login.Signature(string.sasToken());
    }
}
