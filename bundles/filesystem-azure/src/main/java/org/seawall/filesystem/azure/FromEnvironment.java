package org.seawall.filesystem.azure;

import java.util.List;
import java.util.Map;

/** Credentials in variables of the environment, under the names that Azure's own tools and libraries use. */
final class FromEnvironment {

    static final List<String> VARIABLES = List.of(
            "AZURE_STORAGE_CONNECTION_STRING",
            "AZURE_STORAGE_KEY",
            "AZURE_STORAGE_SAS_TOKEN",
            "AZURE_FEDERATED_TOKEN_FILE",
            "AZURE_CLIENT_SECRET",
            "IDENTITY_ENDPOINT");

    private FromEnvironment() {}

    /** The first of these that is there. */
    static AzureIdentity identity(Map<String, String> variables, AzureIdentity.Application configured) {
        Secret string = secret(variables, "connectionString", "AZURE_STORAGE_CONNECTION_STRING");
        Secret key = secret(variables, "accountKey", "AZURE_STORAGE_KEY");
        Secret sas = secret(variables, "sasToken", "AZURE_STORAGE_SAS_TOKEN");
        Secret clientSecret = secret(variables, "clientSecret", "AZURE_CLIENT_SECRET");
        String tokenFile = variables.getOrDefault("AZURE_FEDERATED_TOKEN_FILE", "");
        AzureIdentity.Keys keys = new AzureIdentity.Keys(key, sas, string);
        TokenSource.Client client = new TokenSource.Client(
                first(configured.client().authority(), variables, "AZURE_AUTHORITY_HOST"),
                first(configured.client().tenantId(), variables, "AZURE_TENANT_ID"),
                first(configured.client().clientId(), variables, "AZURE_CLIENT_ID"));
        AzureIdentity.Application application =
                new AzureIdentity.Application(client, clientSecret, tokenFile, configured.machine());
        return new AzureIdentity(kind(keys, application), keys, application);
    }

    private static AzureIdentity.Kind kind(AzureIdentity.Keys keys, AzureIdentity.Application application) {
        if (keys.connectionString().isSet()) {
            return AzureIdentity.Kind.connectionString;
        }
        if (keys.accountKey().isSet()) {
            return AzureIdentity.Kind.accountKey;
        }
        if (keys.sasToken().isSet()) {
            return AzureIdentity.Kind.sas;
        }
        if (!application.tokenFile().isEmpty()) {
            return AzureIdentity.Kind.workloadIdentity;
        }
        if (application.clientSecret().isSet()) {
            return AzureIdentity.Kind.servicePrincipal;
        }
        return application.machine().isService() ? AzureIdentity.Kind.managedIdentity : AzureIdentity.Kind.nothing;
    }

    private static Secret secret(Map<String, String> variables, String name, String variable) {
        return new Secret(name, variables.getOrDefault(variable, ""), "");
    }

    private static String first(String configured, Map<String, String> variables, String variable) {
        return configured.isEmpty() ? variables.getOrDefault(variable, "").trim() : configured;
    }
}
