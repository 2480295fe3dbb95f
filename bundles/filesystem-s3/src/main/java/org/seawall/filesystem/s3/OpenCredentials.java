package org.seawall.filesystem.s3;

import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * What gives credentials, and what is to be closed with it.
 *
 * @param provider gives them
 * @param behind in the order of closing
 */
record OpenCredentials(AwsCredentialsProvider provider, List<SdkAutoCloseable> behind) implements AutoCloseable {

    static OpenCredentials of(AwsCredentialsProvider provider) {
        return new OpenCredentials(
                provider, provider instanceof SdkAutoCloseable closeable ? List.of(closeable) : List.of());
    }

    @Override
    public void close() {
        behind.forEach(SdkAutoCloseable::close);
    }
}
