package org.seawall.filesystem.gcs;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * What an operator may set. A change takes effect at the next request, while requests under way finish as they began; the logs
 * on this file system are not opened again.
 */
@ObjectClassDefinition(
        name = "Seawall Google Cloud Storage filesystem",
        description =
                "Files on Google Cloud Storage, for locations such as gcs://bucket/wal or gs://bucket/wal. A change"
                        + " of the configuration takes effect at the next request; logs are not opened again for it.")
public @interface GcsConfiguration {

    /**
     * Where the store is.
     *
     * @return a URL, or empty for Google's
     */
    @AttributeDefinition(
            name = "Endpoint",
            description = "URL of the store, for an emulator, a private endpoint or another universe. Empty:"
                    + " https://storage.googleapis.com.")
    String endpoint() default "";

    /**
     * The project that requests belong to.
     *
     * @return its id, or empty
     */
    @AttributeDefinition(
            name = "Project",
            description = "Id of the project. Reading and writing objects does not need it. Empty: none.")
    String project() default "";

    /**
     * By which way the bundle knows who it is.
     *
     * @return one of the options
     */
    @AttributeDefinition(
            name = "Credentials",
            description = "Where credentials come from. applicationDefault: what Google's libraries find by themselves"
                    + " (GOOGLE_APPLICATION_CREDENTIALS, gcloud's login, the service account of the machine or"
                    + " container). keyFile, keyJson: a key that is set below; also the configuration of a workload"
                    + " identity federation. environment: the variable GOOGLE_CREDENTIALS (the JSON itself, or the"
                    + " path of a file), else the file that GOOGLE_APPLICATION_CREDENTIALS names, and nothing else."
                    + " anonymous: none, for an emulator or a public bucket. Default applicationDefault.",
            options = {
                @Option(value = "applicationDefault", label = "Application default"),
                @Option(value = "keyFile", label = "Key file"),
                @Option(value = "keyJson", label = "Key as JSON"),
                @Option(value = "environment", label = "Environment variables"),
                @Option(value = "anonymous", label = "Anonymous")
            })
    String credentials() default "applicationDefault";

    /**
     * A file with a key.
     *
     * @return a path, or empty
     */
    @AttributeDefinition(
            name = "Key file",
            description = "Path of a file in JSON: a service account's key, a user's refresh token or the configuration"
                    + " of a workload identity federation. For credentials=keyFile. A changed file is read again at"
                    + " the next request.")
    String keyFile() default "";

    /**
     * The key itself.
     *
     * @return JSON, or empty
     */
    @AttributeDefinition(
            name = "Key as JSON",
            description = "What a key file would hold. For credentials=keyJson.",
            type = AttributeType.PASSWORD)
    String keyJson() default "";

    /**
     * A service account to act as.
     *
     * @return its e-mail address, or empty
     */
    @AttributeDefinition(
            name = "Impersonated service account",
            description =
                    "E-mail address of a service account in whose name requests are made; the credentials need the"
                            + " role Service Account Token Creator on it. Empty: none.")
    String impersonate() default "";

    /**
     * The key of Google's key service that new objects are encrypted with.
     *
     * @return its name, or empty
     */
    @AttributeDefinition(
            name = "KMS key",
            description = "Name of the key in Cloud KMS that new objects are encrypted with, such as"
                    + " projects/P/locations/L/keyRings/R/cryptoKeys/K. Empty: the bucket's default.")
    String kmsKey() default "";

    /**
     * A key of one's own that objects are encrypted with.
     *
     * @return base64 of 32 bytes, or empty
     */
    @AttributeDefinition(
            name = "Customer-supplied key",
            description = "Base64 of the 32 bytes of an AES-256 key that goes with every request and encrypts every"
                    + " object; who loses it loses the data. Not together with kmsKey. Empty: none.",
            type = AttributeType.PASSWORD)
    String customerKey() default "";

    /**
     * A file with a key of one's own.
     *
     * @return a path, or empty
     */
    @AttributeDefinition(
            name = "Customer-supplied key file",
            description = "Path of a file that holds what customerKey would. Not together with it. Empty: none.")
    String customerKeyFile() default "";

    /**
     * The storage class of new objects.
     *
     * @return its name, or empty
     */
    @AttributeDefinition(
            name = "Storage class",
            description = "Storage class of new objects: STANDARD, NEARLINE, COLDLINE or ARCHIVE. Classes other than"
                    + " STANDARD charge for early deletion and for reading. Empty: the bucket's default.")
    String storageClass() default "";

    /**
     * Who pays for requests to a bucket that lets the requester pay.
     *
     * @return a project's id, or empty
     */
    @AttributeDefinition(
            name = "User project",
            description = "Id of the project that is billed for requests to a bucket with requester pays. Empty: none.")
    String userProject() default "";

    /**
     * From which size on objects go up in parts.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Upload threshold",
            description =
                    "Objects of more bytes than this go up in parts of 8 MiB, as a resumable upload; smaller ones in"
                            + " one request, for which they are held in memory once more. Default 8388608 (8 MiB), 0 to"
                            + " 134217728 (128 MiB).",
            min = "0",
            max = "134217728")
    long uploadThresholdBytes() default 8_388_608;

    /**
     * How long a connection may take.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Connect time-out",
            description = "Milliseconds until a connection has to be there. Default 5000, 1 to 600000.",
            min = "1",
            max = "600000")
    int connectTimeoutMillis() default 5_000;

    /**
     * How long the store may be silent.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Read time-out",
            description = "Milliseconds that the store may be silent within a request. Default 20000, 1 to 600000.",
            min = "1",
            max = "600000")
    int readTimeoutMillis() default 20_000;

    /**
     * How many requests may be under way.
     *
     * @return connections, each with a thread
     */
    @AttributeDefinition(
            name = "Connections",
            description = "Most requests under way at once; each has a connection and a thread, which end when they are"
                    + " idle. Default 64, 1 to 1024.",
            min = "1",
            max = "1024")
    int connections() default 64;

    /**
     * How often a request is sent.
     *
     * @return attempts
     */
    @AttributeDefinition(
            name = "Attempts",
            description =
                    "Most attempts at one request. A write that got no answer is read back before it is sent again."
                            + " A change takes effect when the configuration is started again, like that of the other settings of"
                            + " retries. Default 10, 1 to 100.",
            min = "1",
            max = "100")
    int attempts() default 10;

    /**
     * The first wait between attempts.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Retry delay",
            description =
                    "Most milliseconds before the second attempt, doubled for each one behind it; the wait is a random"
                            + " part of this. Default 50, 0 to 60000.",
            min = "0",
            max = "60000")
    int retryDelayMillis() default 50;

    /**
     * The longest wait between attempts.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Longest retry delay",
            description =
                    "Milliseconds that a wait between attempts never exceeds, at least the first delay. Default 5000,"
                            + " 0 to 600000.",
            min = "0",
            max = "600000")
    int retryDelayMaxMillis() default 5_000;

    /**
     * How long one call is tried.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Call time-out",
            description =
                    "Milliseconds of one call after which no further attempt begins. Default 60000, 0 to" + " 3600000.",
            min = "0",
            max = "3600000")
    int callTimeoutMillis() default 60_000;

    /**
     * How many retries all calls have together.
     *
     * @return tokens, 0 for no limit
     */
    @AttributeDefinition(
            name = "Retry budget",
            description =
                    "Tokens that all calls have for retries together: a retry takes 5, a call that succeeds gives 1"
                            + " back, so that a store that is down gets few more requests than calls. 0: no limit. Default 500.",
            min = "0")
    int retryBudget() default 500;

    /**
     * Whether a bucket is tried before the first write to it.
     *
     * @return whether it is
     */
    @AttributeDefinition(
            name = "Probe",
            description =
                    "Whether the conditions that the log's laws need are tried on each bucket before the first write to"
                            + " it, with seven requests for an object .seawall-probe-... beside the file. Takes effect when the"
                            + " configuration is started again. Default true.")
    boolean probe() default true;

    /**
     * A proxy between here and the store.
     *
     * @return a URL, or empty
     */
    @AttributeDefinition(
            name = "Proxy",
            description =
                    "URL of an HTTP proxy, such as http://proxy:3128. Empty: none, also where system properties name"
                            + " one.")
    String proxy() default "";

    /**
     * Who the proxy knows us as.
     *
     * @return a name, or empty
     */
    @AttributeDefinition(name = "Proxy user", description = "Name for a proxy that asks for one. Empty: none.")
    String proxyUser() default "";

    /**
     * The word for the proxy.
     *
     * @return a password, or empty
     */
    @AttributeDefinition(
            name = "Proxy password",
            description = "Password for a proxy that asks for one.",
            type = AttributeType.PASSWORD)
    String proxyPassword() default "";

    /**
     * A file with the word for the proxy.
     *
     * @return a path, or empty
     */
    @AttributeDefinition(
            name = "Proxy password file",
            description = "Path of a file that holds it, in place of proxyPassword. Empty: none.")
    String proxyPasswordFile() default "";

    /**
     * Buckets that are not tried.
     *
     * @return their names
     */
    @AttributeDefinition(
            name = "Not probed",
            description = "Names of buckets that are not tried, since their policies forbid it.")
    String[] notProbed() default {};
}
