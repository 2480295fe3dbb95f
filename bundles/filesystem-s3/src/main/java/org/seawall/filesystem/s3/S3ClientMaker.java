package org.seawall.filesystem.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/** Makes clients of the SDK that send each request once: repeating is this file system's own affair. */
final class S3ClientMaker {

    private static final String ANY_REGION = "us-east-1";

    private S3ClientMaker() {}

    /**
     * A client.
     *
     * @throws IOException if no region is known, in the same words each time: those of the SDK change
     */
    static S3Client client(S3Network network, AwsCredentialsProvider credentials) throws IOException {
        Region region = region(network);
        // without checksums of the SDK's: ours go with each write, and every batch of a log has its own
        return common(S3Client.builder(), network, network.endpoint())
                .region(region)
                .credentialsProvider(credentials)
                .forcePathStyle(network.pathStyle())
                .disableS3ExpressSessionAuth(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .httpClientBuilder(http(network))
                .build();
    }

    static StsClient roles(S3Network network, S3Keys.Role role, AwsCredentialsProvider asking) {
        StsClientBuilder builder = common(StsClient.builder(), network, role.endpoint());
        return builder.credentialsProvider(asking)
                .httpClientBuilder(http(network))
                .build();
    }

    private static Optional<Region> set(S3Network network) {
        return network.region()
                .or(() -> network.endpoint().map(url -> ANY_REGION))
                .map(Region::of);
    }

    private static Region region(S3Network network) throws IOException {
        Optional<Region> set = set(network);
        if (set.isPresent()) {
            return set.get();
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            IOException unknown =
                    new IOException("no region is known, set region, or endpoint for a store that is not AWS;"
                            + " looked in AWS_REGION, aws.region, the profile and the instance");
            // no cause, which would be told as the reason: its words are others each time
            unknown.addSuppressed(e);
            throw unknown;
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> B common(
            B builder, S3Network network, Optional<URI> endpoint) {
        endpoint.ifPresent(builder::endpointOverride);
        set(network).ifPresent(builder::region);
        return builder.overrideConfiguration(
                every -> every.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(network.requestTimeout()));
    }

    private static Apache5HttpClient.Builder http(S3Network network) {
        ProxyConfiguration.Builder proxy =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        network.proxy().ifPresent(set -> {
            proxy.endpoint(set.url());
            if (!set.user().isEmpty()) {
                proxy.username(set.user()).password(set.password().read()).preemptiveBasicAuthenticationEnabled(true);
            }
        });
        return Apache5HttpClient.builder()
                .proxyConfiguration(proxy.build())
                .maxConnections(network.connections())
                .connectionTimeout(network.connectTimeout())
                .connectionAcquisitionTimeout(network.requestTimeout())
                .socketTimeout(network.requestTimeout())
                .connectionMaxIdleTime(Duration.ofSeconds(30))
                .tcpKeepAlive(true);
    }
}
