package org.seawall.filesystem.s3;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Makes what gives credentials, one for each kind.
 *
 * @param keys what was configured
 * @param sts makes the client of the service that gives roles, for credentials to ask it with
 */
record CredentialSource(S3Keys keys, RoleService sts) {

    private static final String SESSION = "seawall";

    /** Makes clients of the service that gives roles. */
    @FunctionalInterface
    interface RoleService {
        StsClient client(S3Keys.Role role, AwsCredentialsProvider asking);
    }

    OpenCredentials open() {
        return switch (keys.source()) {
            case STATIC -> OpenCredentials.of(this::given);
            case ANONYMOUS -> OpenCredentials.of(AnonymousCredentialsProvider.create());
            case ENVIRONMENT -> OpenCredentials.of(EnvironmentVariableCredentialsProvider.create());
            case PROFILE -> OpenCredentials.of(profile());
            case CONTAINER ->
                OpenCredentials.of(ContainerCredentialsProvider.builder().build());
            case INSTANCE ->
                OpenCredentials.of(InstanceProfileCredentialsProvider.builder().build());
            case WEB_IDENTITY -> webIdentity();
            case ASSUME_ROLE -> assumeRole();
            case DEFAULT -> OpenCredentials.of(standard());
        };
    }

    /** Read at every request, so that changed files take effect. */
    private AwsCredentials given() {
        String id = keys.accessKey().read();
        String secret = keys.secretKey().read();
        return keys.sessionToken().isSet()
                ? AwsSessionCredentials.create(id, secret, keys.sessionToken().read())
                : AwsBasicCredentials.create(id, secret);
    }

    private AwsCredentialsProvider profile() {
        ProfileCredentialsProvider.Builder builder = ProfileCredentialsProvider.builder();
        keys.profile().ifPresent(builder::profileName);
        return builder.build();
    }

    /** Not the SDK's shared instance, which would outlive this bundle's use of it. */
    private AwsCredentialsProvider standard() {
        DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
        keys.profile().ifPresent(builder::profileName);
        return builder.build();
    }

    private OpenCredentials webIdentity() {
        StsClient client = sts.client(keys.role(), AnonymousCredentialsProvider.create());
        StsWebIdentityTokenFileCredentialsProvider provider = StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(client)
                .roleArn(keys.role().arn())
                .roleSessionName(SESSION)
                .webIdentityTokenFile(Path.of(keys.role().tokenFile()))
                .build();
        return new OpenCredentials(provider, List.of(provider, client));
    }

    private OpenCredentials assumeRole() {
        OpenCredentials asking = OpenCredentials.of(keys.hasKey() ? this::given : standard());
        StsClient client = sts.client(keys.role(), asking.provider());
        StsAssumeRoleCredentialsProvider provider = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client)
                .refreshRequest(this::role)
                .build();
        return new OpenCredentials(provider, List.of(provider, client, asking::close));
    }

    private void role(AssumeRoleRequest.Builder request) {
        request.roleArn(keys.role().arn()).roleSessionName(SESSION);
        if (!keys.role().externalId().isBlank()) {
            request.externalId(keys.role().externalId());
        }
    }
}
