package org.seawall.filesystem.azure;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * What an operator may set. Changed credentials take effect at the next request, without opening a log again; any other change
 * makes another file system, to which the logs move.
 */
@ObjectClassDefinition(
        name = "Seawall Azure filesystem",
        description = "Files on Azure Blob Storage, for locations such as adls://container/wal or"
                + " abfss://container@account.dfs.core.windows.net/wal. Changed credentials take effect at the next request;"
                + " any other change makes another file system, to which the logs move.")
public @interface AzureConfiguration {

    /**
     * Where the blobs are.
     *
     * @return a URL, or empty
     */
    @AttributeDefinition(
            name = "Endpoint",
            description = "URL of the account's blobs, for an emulator, a private endpoint or another cloud, such as"
                    + " http://127.0.0.1:10000/devstoreaccount1. Empty: https://ACCOUNT.blob.core.windows.net.")
    String endpoint() default "";

    /**
     * The storage account.
     *
     * @return its name, or empty
     */
    @AttributeDefinition(
            name = "Account",
            description =
                    "Name of the storage account. Empty: the one of the location, the connection string, the endpoint or"
                            + " the variable AZURE_STORAGE_ACCOUNT. A location that names another account is refused.")
    String account() default "";

    /**
     * By which way the storage knows who asks.
     *
     * @return one of the options
     */
    @AttributeDefinition(
            name = "Credentials",
            description = "Where credentials come from. environment: the first of the variables"
                    + " AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN,"
                    + " AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_SECRET (both with AZURE_TENANT_ID and AZURE_CLIENT_ID),"
                    + " IDENTITY_ENDPOINT. accountKey, sas, connectionString, servicePrincipal: what is set below."
                    + " managedIdentity: the identity of the machine or service. workloadIdentity: a token in a file, as"
                    + " Kubernetes has it. anonymous: none. Default environment.",
            options = {
                @Option(value = "environment", label = "Environment variables"),
                @Option(value = "accountKey", label = "Account key"),
                @Option(value = "sas", label = "Shared access signature"),
                @Option(value = "connectionString", label = "Connection string"),
                @Option(value = "managedIdentity", label = "Managed identity"),
                @Option(value = "servicePrincipal", label = "Service principal with a secret"),
                @Option(value = "workloadIdentity", label = "Workload identity"),
                @Option(value = "anonymous", label = "Anonymous")
            })
    String credentials() default "environment";

    /**
     * The key of the account.
     *
     * @return base64, or empty
     */
    @AttributeDefinition(
            name = "Account key",
            description = "Key of the account, for credentials=accountKey.",
            type = AttributeType.PASSWORD)
    String accountKey() default "";

    /**
     * A file with the key of the account.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the account key",
            description =
                    "Path of a file that holds the account key. Read for each request, so that a replaced file takes"
                            + " effect.")
    String accountKeyFile() default "";

    /**
     * A shared access signature.
     *
     * @return the query of a URL, or empty
     */
    @AttributeDefinition(
            name = "SAS token",
            description =
                    "Shared access signature of the account or container, for credentials=sas: sv=…&sig=…. It needs the"
                            + " permissions read, write, list and delete.",
            type = AttributeType.PASSWORD)
    String sasToken() default "";

    /**
     * A file with a shared access signature.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the SAS token",
            description = "Path of a file that holds the SAS token. Read for each request.")
    String sasTokenFile() default "";

    /**
     * A connection string.
     *
     * @return the string, or empty
     */
    @AttributeDefinition(
            name = "Connection string",
            description =
                    "As the portal gives it, for credentials=connectionString: with AccountKey or SharedAccessSignature.",
            type = AttributeType.PASSWORD)
    String connectionString() default "";

    /**
     * A file with a connection string.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the connection string",
            description = "Path of a file that holds the connection string. Read for each request.")
    String connectionStringFile() default "";

    /**
     * The application.
     *
     * @return its id, or empty
     */
    @AttributeDefinition(
            name = "Client id",
            description =
                    "Id of the application, for credentials=servicePrincipal and workloadIdentity; for managedIdentity"
                            + " that of a user-assigned identity. Empty there: the system-assigned one.")
    String clientId() default "";

    /**
     * The tenant.
     *
     * @return its id, or empty
     */
    @AttributeDefinition(
            name = "Tenant id",
            description = "Id of the directory that knows the application, for credentials=servicePrincipal and"
                    + " workloadIdentity.")
    String tenantId() default "";

    /**
     * The secret of the application.
     *
     * @return the secret, or empty
     */
    @AttributeDefinition(
            name = "Client secret",
            description = "Secret of the application, for credentials=servicePrincipal.",
            type = AttributeType.PASSWORD)
    String clientSecret() default "";

    /**
     * A file with the secret of the application.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the client secret",
            description = "Path of a file that holds the client secret. Read whenever a token is asked for.")
    String clientSecretFile() default "";

    /**
     * A file with the token of a workload.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the federated token",
            description = "Path of a file with the token that stands for the application, for"
                    + " credentials=workloadIdentity. Read whenever a token is asked for.")
    String federatedTokenFile() default "";

    /**
     * Who gives tokens to applications.
     *
     * @return a URL, or empty
     */
    @AttributeDefinition(
            name = "Authority",
            description = "URL of the directory, for another cloud. Empty: https://login.microsoftonline.com.")
    String authority() default "";

    /**
     * The encryption scope of new objects.
     *
     * @return its name, or empty
     */
    @AttributeDefinition(
            name = "Encryption scope",
            description =
                    "Name of an encryption scope of the account, for new objects. Empty: the container's default.")
    String encryptionScope() default "";

    /**
     * A key of one's own.
     *
     * @return base64 of 32 bytes, or empty
     */
    @AttributeDefinition(
            name = "Customer key",
            description =
                    "Base64 of an AES-256 key that goes with each request (customer-provided key). Objects that are written"
                            + " with it are not readable without it. Empty: Azure's own keys.",
            type = AttributeType.PASSWORD)
    String customerKey() default "";

    /**
     * A file with a key of one's own.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the customer key",
            description = "Path of a file that holds the customer key. Read once, at the first request.")
    String customerKeyFile() default "";

    /**
     * The access tier of new objects.
     *
     * @return one of the options
     */
    @AttributeDefinition(
            name = "Access tier",
            description =
                    "Tier of new objects. Cool and cold cost more for reading and for early deletion. Archive is not"
                            + " offered: it cannot be read. Empty: the account's default.",
            options = {
                @Option(value = "", label = "The account's default"),
                @Option(value = "Hot", label = "Hot"),
                @Option(value = "Cool", label = "Cool"),
                @Option(value = "Cold", label = "Cold")
            })
    String accessTier() default "";

    /**
     * The size from which on objects go up in blocks, and of each of them.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Block size",
            description =
                    "Bytes of a block. A larger object goes up in blocks, and is read in ranges, of this size. Default"
                            + " 8388608 (8 MiB), at least 65536 (64 KiB), at most 268435456 (256 MiB).",
            min = "65536",
            max = "268435456")
    int blockBytes() default 8_388_608;

    /**
     * Whether files may grow: what lets {@code strategy=auto} append to one blob where it would otherwise create one for each
     * commit.
     *
     * @return false for accounts that have no append blobs, or whose policies are about block blobs alone
     */
    @AttributeDefinition(
            name = "Append blobs",
            description =
                    "Whether a log may append to blobs and seal them: one blob for a segment, in place of one for each"
                            + " commit. Append blobs have no access tier of their own. Unset: true.")
    boolean appendBlobs() default true;

    /**
     * How many blocks go up or come down, and how many objects are deleted, at once.
     *
     * @return a count
     */
    @AttributeDefinition(
            name = "Parallelism",
            description =
                    "How many blocks go up or come down at once, and how many objects are deleted at once. Default 8, at"
                            + " most 64.",
            min = "1",
            max = "64")
    int parallelism() default 8;

    /**
     * How many connections there are at most.
     *
     * @return a count
     */
    @AttributeDefinition(
            name = "Connections",
            description =
                    "Most connections at once, and most calls at once; further calls wait. Default 32, at most 512.",
            min = "1",
            max = "512")
    int connections() default 32;

    /**
     * How long connecting may take.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Connect timeout",
            description = "Milliseconds until a connection has to be there. Default 5000, at most 600000.",
            min = "1",
            max = "600000")
    int connectTimeoutMillis() default 5_000;

    /**
     * How long one request may take.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Request timeout",
            description =
                    "Milliseconds until the whole answer to one request has to be there, with the time to send a block."
                            + " Default 30000, at most 3600000.",
            min = "1",
            max = "3600000")
    int requestTimeoutMillis() default 30_000;

    /**
     * How often a request is sent.
     *
     * @return a count
     */
    @AttributeDefinition(
            name = "Attempts",
            description = "Most attempts at one request. Default 10, at most 100.",
            min = "1",
            max = "100")
    int attempts() default 10;

    /**
     * The longest wait before the second attempt.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Retry delay",
            description =
                    "Longest wait before the second attempt, in milliseconds; doubled for each further one, and drawn by"
                            + " chance below that. Default 50.",
            min = "0",
            max = "600000")
    int retryDelayMillis() default 50;

    /**
     * What a wait never exceeds.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Longest retry delay",
            description = "Milliseconds that a wait between attempts never exceeds. Default 5000.",
            min = "0",
            max = "600000")
    int retryDelayMaxMillis() default 5_000;

    /**
     * After how long of one call no further attempt begins.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Call timeout",
            description = "Milliseconds of one call after which no further attempt begins. Default 60000.",
            min = "0",
            max = "3600000")
    int callTimeoutMillis() default 60_000;

    /**
     * How many retries there may be for all calls together.
     *
     * @return tokens
     */
    @AttributeDefinition(
            name = "Retry budget",
            description =
                    "Tokens for further attempts of all calls together: one takes 5, a call that succeeds gives 1 back and"
                            + " what its last attempt took. 0: no limit. Default 500.",
            min = "0",
            max = "1000000")
    int retryBudget() default 500;

    /**
     * A proxy.
     *
     * @return host and port, or empty
     */
    @AttributeDefinition(
            name = "Proxy",
            description = "HTTP proxy as host:port, for all but this machine and its identity service. Empty: none.")
    String proxy() default "";

    /**
     * Who the proxy knows us as.
     *
     * @return a name, or empty
     */
    @AttributeDefinition(
            name = "Proxy user",
            description = "Name for the proxy. Java sends it to a proxy in front of https only if the system property"
                    + " jdk.http.auth.tunneling.disabledSchemes is set to nothing. Empty: none.")
    String proxyUser() default "";

    /**
     * The password for the proxy.
     *
     * @return the password, or empty
     */
    @AttributeDefinition(
            name = "Proxy password",
            description = "Password for the proxy.",
            type = AttributeType.PASSWORD)
    String proxyPassword() default "";

    /**
     * A file with the password for the proxy.
     *
     * @return its path, or empty
     */
    @AttributeDefinition(
            name = "File of the proxy password",
            description = "Path of a file that holds the password for the proxy.")
    String proxyPasswordFile() default "";

    /**
     * Whether the storage is tried before it is trusted.
     *
     * @return {@code true} to try
     */
    @AttributeDefinition(
            name = "Probe",
            description =
                    "Try once before the first write to a container whether the storage keeps conditions, with seven"
                            + " requests on an object .seawall-probe-… beside the file. Default true.")
    boolean probe() default true;

    /**
     * Containers that are not tried.
     *
     * @return their names
     */
    @AttributeDefinition(
            name = "Not probed",
            description = "Names of containers that are not tried, as their policies forbid it.")
    String[] notProbed() default {};
}
