package org.seawall.filesystem.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/** Makes clients of the SDK that send each request once: repeating is this file system's own affair. */
final class S3ClientMaker {

    private static final String ANY_REGION = "us-east-1";

    private S3ClientMaker() {}

    static S3Client client(S3Network network, AwsCredentialsProvider credentials) {
        // without checksums of the SDK's: ours go with each write, and every batch of a log has its own
        return common(S3Client.builder(), network, network.endpoint())
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

    private static <B extends AwsClientBuilder<B, C>, C> B common(
            B builder, S3Network network, Optional<URI> endpoint) {
        endpoint.ifPresent(builder::endpointOverride);
        Optional<String> region = network.region().or(() -> network.endpoint().map(url -> ANY_REGION));
        region.map(Region::of).ifPresent(builder::region);
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
