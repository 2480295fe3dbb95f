package org.seawall.filesystem.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seawall.filesystem.common.Range;
import org.seawall.filesystem.common.RetrySettings;

/**
 * A configuration that was found good.
 *
 * @param network how the store is reached
 * @param keys where credentials come from
 * @param writing how objects are written
 * @param retries how often and how long
 * @param probe whether stores are tried
 * @param notProbed buckets that are not
 */
record S3Settings(
        S3Network network,
        S3Keys keys,
        S3Writing writing,
        RetrySettings retries,
        boolean probe,
        Set<String> notProbed) {

    /** Reads a configuration; what is wrong is an {@link IllegalArgumentException} that names the attribute. */
    static S3Settings of(S3Configuration c) {
        return new S3Settings(
                network(c), keys(c), writing(c), retries(c), c.probe(), Set.copyOf(List.of(c.notProbed())));
    }

    boolean probes(String bucket) {
        return probe && !notProbed.contains(bucket);
    }

    private static S3Network network(S3Configuration c) {
        return new S3Network(
                url("endpoint", c.endpoint()),
                Optional.of(c.region().strip()).filter(region -> !region.isEmpty()),
                c.pathStyle(),
                Duration.ofMillis(Range.within("connectTimeoutMillis", c.connectTimeoutMillis(), 100, 600_000)),
                Duration.ofMillis(Range.within("requestTimeoutMillis", c.requestTimeoutMillis(), 100, 3_600_000)),
                (int) Range.within("connections", c.connections(), 1, 1024),
                url("proxy", c.proxy())
                        .map(proxy -> new S3Network.Proxy(
                                proxy, c.proxyUser(), Secret.of(c.proxyPassword(), c.proxyPasswordFile()))));
    }

    private static S3Keys keys(S3Configuration c) {
        S3Keys keys = new S3Keys(
                named("credentials", c.credentials(), S3Keys.Source.values()),
                Secret.of(c.accessKey(), c.accessKeyFile()),
                Secret.of(c.secretKey(), c.secretKeyFile()),
                Secret.of(c.sessionToken(), c.sessionTokenFile()),
                Optional.of(c.profile().strip()).filter(profile -> !profile.isEmpty()),
                new S3Keys.Role(
                        c.roleArn(), c.externalId(), c.webIdentityTokenFile(), url("stsEndpoint", c.stsEndpoint())));
        S3Keys.Source source = keys.source();
        if (source == S3Keys.Source.STATIC && !keys.hasKey()) {
            throw new IllegalArgumentException(
                    "static credentials need accessKey and secretKey, or their files, credentials=" + source);
        }
        boolean assumes = source == S3Keys.Source.ASSUME_ROLE || source == S3Keys.Source.WEB_IDENTITY;
        if (assumes && c.roleArn().isBlank()) {
            throw new IllegalArgumentException("no role to assume, set roleArn, credentials=" + source);
        }
        if (source == S3Keys.Source.WEB_IDENTITY && c.webIdentityTokenFile().isBlank()) {
            throw new IllegalArgumentException(
                    "no token of a web identity, set webIdentityTokenFile, credentials=" + source);
        }
        return keys;
    }

    private static S3Writing writing(S3Configuration c) {
        S3Writing writing = new S3Writing(
                named("encryption", c.encryption(), S3Writing.Encryption.values()),
                c.kmsKeyId(),
                Secret.of(c.customerKey(), c.customerKeyFile()),
                c.storageClass(),
                Range.within("multipartThresholdBytes", c.multipartThresholdBytes(), 5L << 20, 5L << 30),
                Range.within("multipartPartBytes", c.multipartPartBytes(), 5L << 20, 5L << 30),
                (int) Range.within("multipartParallelism", c.multipartParallelism(), 1, 64));
        if (writing.encryption() == S3Writing.Encryption.CUSTOMER
                && !writing.customerKey().isSet()) {
            throw new IllegalArgumentException("no key to encrypt with, set customerKey or customerKeyFile");
        }
        return writing;
    }

    private static RetrySettings retries(S3Configuration c) {
        long first = Range.within("retryDelayMillis", c.retryDelayMillis(), 1, 60_000);
        long longest = Range.within("retryDelayMaxMillis", c.retryDelayMaxMillis(), 1, 600_000);
        return new RetrySettings(
                (int) Range.within("attempts", c.attempts(), 1, 100),
                Duration.ofMillis(Math.min(first, longest)),
                Duration.ofMillis(longest),
                Duration.ofMillis(Range.within("callTimeoutMillis", c.callTimeoutMillis(), 0, 3_600_000)),
                (int) Range.within("retryBudget", c.retryBudget(), 0, 1_000_000));
    }

    private static <E extends Enum<E>> E named(String name, String text, E[] all) {
        return Stream.of(all)
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is none of these, value=" + text + ", known=" + List.of(all)));
    }

    /** A password in a URL is not repeated by the message. */
    private static Optional<URI> url(String name, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text.strip());
            boolean good = url.getHost() != null
                    && url.getUserInfo() == null
                    && List.of("http", "https").contains(url.getScheme());
            if (good) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name + " is no URL, reason=" + e.getReason(), e.getCause());
        }
        throw new IllegalArgumentException(name + " is no URL of a store, expected=http(s)://host:port without a user");
    }
}
