package org.seawall.filesystem.s3;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator may set. Without a configuration the defaults serve: AWS, and the credentials that its tools would find. */
@ObjectClassDefinition(
        name = "Seawall S3 filesystem",
        description =
                "Files as objects, for locations such as s3://bucket/wal and s3a://bucket/wal. A change takes effect at the"
                        + " next request, without reopening the log.")
public @interface S3Configuration {

    /**
     * The store.
     *
     * @return a URL, or empty for AWS
     */
    @AttributeDefinition(
            name = "Endpoint",
            description = "URL of the store, such as http://localhost:9000. Empty: AWS in the region.")
    String endpoint() default "";

    /**
     * The region.
     *
     * @return such as {@code eu-central-1}
     */
    @AttributeDefinition(
            name = "Region",
            description =
                    "Region of the buckets. Empty: as environment, profile or instance say; us-east-1 with an endpoint.")
    String region() default "";

    /**
     * Where the bucket's name stands.
     *
     * @return whether in the path
     */
    @AttributeDefinition(
            name = "Path style",
            description = "Put the bucket into the path instead of the host name, as most stores beside AWS want it.")
    boolean pathStyle() default false;

    /**
     * Where credentials come from.
     *
     * @return the kind
     */
    @AttributeDefinition(
            name = "Credentials",
            description =
                    "Where they come from. default: environment, system properties, web identity, profile, container,"
                            + " instance, whichever is first. static: accessKey and secretKey. assumeRole: roleArn, with accessKey"
                            + " and secretKey or what default finds. webIdentity: roleArn and webIdentityTokenFile.",
            options = {
                @Option(label = "default", value = "default"),
                @Option(label = "static", value = "static"),
                @Option(label = "environment", value = "environment"),
                @Option(label = "profile", value = "profile"),
                @Option(label = "container", value = "container"),
                @Option(label = "instance", value = "instance"),
                @Option(label = "webIdentity", value = "webIdentity"),
                @Option(label = "assumeRole", value = "assumeRole"),
                @Option(label = "anonymous", value = "anonymous")
            })
    String credentials() default "default";

    /**
     * The access key.
     *
     * @return its id
     */
    @AttributeDefinition(name = "Access key", description = "Id of the access key.")
    String accessKey() default "";

    /**
     * A file with the access key.
     *
     * @return a path
     */
    @AttributeDefinition(
            name = "Access key file",
            description =
                    "File that holds the id of the access key, in place of accessKey. Read again at each request.")
    String accessKeyFile() default "";

    /**
     * The secret key.
     *
     * @return the secret
     */
    @AttributeDefinition(name = "Secret key", description = "Secret of the access key.", type = AttributeType.PASSWORD)
    String secretKey() default "";

    /**
     * A file with the secret key.
     *
     * @return a path
     */
    @AttributeDefinition(
            name = "Secret key file",
            description =
                    "File that holds the secret of the access key, in place of secretKey. Read again at each request.")
    String secretKeyFile() default "";

    /**
     * The token of temporary keys.
     *
     * @return the secret
     */
    @AttributeDefinition(
            name = "Session token",
            description = "Token of temporary keys.",
            type = AttributeType.PASSWORD)
    String sessionToken() default "";

    /**
     * A file with the token of temporary keys.
     *
     * @return a path
     */
    @AttributeDefinition(
            name = "Session token file",
            description =
                    "File that holds the token of temporary keys, in place of sessionToken. Read again at each request.")
    String sessionTokenFile() default "";

    /**
     * The profile.
     *
     * @return its name
     */
    @AttributeDefinition(
            name = "Profile",
            description =
                    "Name of the profile in the files of the AWS tools. Empty: as the environment says, or default.")
    String profile() default "";

    /**
     * The role.
     *
     * @return its ARN
     */
    @AttributeDefinition(name = "Role", description = "ARN of the role to assume.")
    String roleArn() default "";

    /**
     * What the role's owner asks for.
     *
     * @return the external id
     */
    @AttributeDefinition(name = "External id", description = "What the role's owner asks for besides. Empty: nothing.")
    String externalId() default "";

    /**
     * The token of a web identity.
     *
     * @return a path
     */
    @AttributeDefinition(
            name = "Web identity token file",
            description = "File with the token, kept fresh by who gives it.")
    String webIdentityTokenFile() default "";

    /**
     * Who gives roles.
     *
     * @return a URL, or empty for AWS
     */
    @AttributeDefinition(name = "STS endpoint", description = "URL of the service that gives roles. Empty: AWS.")
    String stsEndpoint() default "";

    /**
     * Encryption on the store.
     *
     * @return the kind
     */
    @AttributeDefinition(
            name = "Encryption",
            description = "none: as the bucket says. s3: keys of the store (SSE-S3). kms: kmsKeyId (SSE-KMS). customer:"
                    + " customerKey, which the store does not keep (SSE-C); lost with it are the data.",
            options = {
                @Option(label = "none", value = "none"),
                @Option(label = "s3", value = "s3"),
                @Option(label = "kms", value = "kms"),
                @Option(label = "customer", value = "customer")
            })
    String encryption() default "none";

    /**
     * The key of the key service.
     *
     * @return its id or ARN
     */
    @AttributeDefinition(name = "KMS key", description = "Id or ARN of the key. Empty: the account's own for S3.")
    String kmsKeyId() default "";

    /**
     * The customer's key.
     *
     * @return 32 bytes in base64
     */
    @AttributeDefinition(
            name = "Customer key",
            description = "32 bytes in base64. All objects of a log must have the same.",
            type = AttributeType.PASSWORD)
    String customerKey() default "";

    /**
     * A file with the customer's key.
     *
     * @return a path
     */
    @AttributeDefinition(name = "Customer key file", description = "File that holds it, in place of customerKey.")
    String customerKeyFile() default "";

    /**
     * The storage class.
     *
     * @return such as {@code STANDARD_IA}
     */
    @AttributeDefinition(
            name = "Storage class",
            description =
                    "Such as STANDARD or STANDARD_IA. Empty: as the store does. Not one that has to be thawed to be read.")
    String storageClass() default "";

    /**
     * How long a connection may take to be made.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Connect time-out",
            description = "Milliseconds for a connection to be made. Default 5000, 100 to 600000.",
            min = "100",
            max = "600000")
    int connectTimeoutMillis() default 5_000;

    /**
     * How long one attempt may take.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Request time-out",
            description = "Milliseconds for one attempt at a request with its body. Default 30000, 100 to 3600000.",
            min = "100",
            max = "3600000")
    int requestTimeoutMillis() default 30_000;

    /**
     * How long attempts may be repeated.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Call time-out",
            description =
                    "Milliseconds of one call after which no further attempt begins. Default 60000, 0 to 3600000.",
            min = "0",
            max = "3600000")
    int callTimeoutMillis() default 60_000;

    /**
     * How often a request is sent.
     *
     * @return the most attempts
     */
    @AttributeDefinition(
            name = "Attempts",
            description =
                    "Most attempts at one request; a write is settled by reading back in between. Default 10, 1 to 100.",
            min = "1",
            max = "100")
    int attempts() default 10;

    /**
     * The wait before the second attempt.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Retry delay",
            description =
                    "Most milliseconds before the second attempt, doubled for each further one; the wait is drawn below."
                            + " Default 50, 1 to 60000.",
            min = "1",
            max = "60000")
    int retryDelayMillis() default 50;

    /**
     * What a wait never exceeds.
     *
     * @return milliseconds
     */
    @AttributeDefinition(
            name = "Longest retry delay",
            description = "Milliseconds that no wait between attempts exceeds. Default 5000, 1 to 600000.",
            min = "1",
            max = "600000")
    int retryDelayMaxMillis() default 5_000;

    /**
     * Tokens for further attempts.
     *
     * @return how many, 0 for no limit
     */
    @AttributeDefinition(
            name = "Retry budget",
            description =
                    "Tokens for further attempts of all calls: each takes 5, each success gives 1 back. 0: no limit."
                            + " Default 500, 0 to 1000000.",
            min = "0",
            max = "1000000")
    int retryBudget() default 500;

    /**
     * Connections and threads.
     *
     * @return the most
     */
    @AttributeDefinition(
            name = "Connections",
            description = "Most connections, and most threads for requests. Default 64, 1 to 1024.",
            min = "1",
            max = "1024")
    int connections() default 64;

    /**
     * A proxy.
     *
     * @return a URL, or empty
     */
    @AttributeDefinition(
            name = "Proxy",
            description =
                    "URL of an HTTP proxy, such as http://proxy:3128. Empty: none, also where system properties name one.")
    String proxy() default "";

    /**
     * Who asks the proxy.
     *
     * @return the user
     */
    @AttributeDefinition(name = "Proxy user", description = "User at the proxy. Empty: none.")
    String proxyUser() default "";

    /**
     * The password of the proxy.
     *
     * @return the secret
     */
    @AttributeDefinition(name = "Proxy password", description = "Password at the proxy.", type = AttributeType.PASSWORD)
    String proxyPassword() default "";

    /**
     * A file with the password of the proxy.
     *
     * @return a path
     */
    @AttributeDefinition(name = "Proxy password file", description = "File that holds it, in place of proxyPassword.")
    String proxyPasswordFile() default "";

    /**
     * From which size on an object goes up in parts.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Multipart threshold",
            description = "Objects of more bytes go up in parts, and appear whole at the end."
                    + " Default 67108864 (64 MiB), 5242880 to 5368709120.",
            min = "5242880",
            max = "5368709120")
    long multipartThresholdBytes() default 67_108_864;

    /**
     * The size of a part.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Part size",
            description = "Bytes of a part; more where an object would have more than 10000 of them."
                    + " Default 16777216 (16 MiB), 5242880 to 5368709120.",
            min = "5242880",
            max = "5368709120")
    long multipartPartBytes() default 16_777_216;

    /**
     * How many parts of one object go up at once.
     *
     * @return the most
     */
    @AttributeDefinition(
            name = "Parts at once",
            description = "Most parts of all objects that go up at once. Default 4, 1 to 64.",
            min = "1",
            max = "64")
    int multipartParallelism() default 4;

    /**
     * Whether stores are tried.
     *
     * @return whether before the first write to a bucket
     */
    @AttributeDefinition(
            name = "Probe",
            description =
                    "Try before the first write to a bucket whether the store keeps its conditions, with an object of its"
                            + " own beside the file. Off only for a store that is known.")
    boolean probe() default true;

    /**
     * Buckets that are not tried.
     *
     * @return their names
     */
    @AttributeDefinition(
            name = "Not probed",
            description = "Names of buckets that are not tried, as their policies forbid it.")
    String[] notProbed() default {};
}
