package org.seawall.filesystem.s3;

import java.util.Optional;
import org.seawall.StorageDeniedException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The credentials that every request asks for, from a source that can be changed while requests go on. What gives them is made
 * at the first request, on its thread.
 */
final class SwappedCredentials implements AwsCredentialsProvider, AutoCloseable {

    private CredentialSource source;
    private Optional<OpenCredentials> opened = Optional.empty();

    SwappedCredentials(CredentialSource source) {
        this.source = source;
    }

    /** Takes effect at the next request. */
    void change(CredentialSource next) {
        Optional<OpenCredentials> before;
        synchronized (this) {
            before = opened;
            source = next;
            opened = Optional.empty();
        }
        before.ifPresent(OpenCredentials::close);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        AwsCredentialsProvider provider;
        S3Keys.Source kind;
        synchronized (this) {
            if (opened.isEmpty()) {
                opened = Optional.of(source.open());
            }
            provider = opened.get().provider();
            kind = source.keys().source();
        }
        try {
            return provider.resolveCredentials();
        } catch (SdkException | IllegalStateException e) {
            throw new StorageDeniedException(
                    "no credentials for the store are to be had, set them or choose another source, credentials="
                            + kind,
                    e);
        }
    }

    @Override
    public void close() {
        change(source);
    }

    @Override
    public String toString() {
        return "SwappedCredentials";
    }
}
