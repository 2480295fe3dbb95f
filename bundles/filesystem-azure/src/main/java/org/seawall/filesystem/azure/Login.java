package org.seawall.filesystem.azure;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.http.policy.AzureSasCredentialPolicy;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.StorageSharedKeyCredentialPolicy;
import java.util.Optional;
import org.seawall.StorageDeniedException;

/**
 * What requests are signed with.
 *
 * <p>Compared by hand: the equals that a record is given leaves its class, and so the bundle's class loader, in a cache of JDK 17
 * (java.lang.runtime.ObjectMethods).
 */
sealed interface Login {

    /** Whether these are the same credentials, so that a policy may be kept. */
    boolean same(Login other);

    /** What signs, or empty if nothing does. */
    Optional<HttpPipelinePolicy> policy(BlobTransport transport);

    /** The key of an account. */
    record SharedKey(String account, Secret key) implements Login {
        @Override
        public boolean same(Login other) {
            return other instanceof SharedKey it
                    && account.equals(it.account)
                    && key.text().equals(it.key.text());
        }

        @Override
        public Optional<HttpPipelinePolicy> policy(BlobTransport transport) {
            if (!key.text().matches("[A-Za-z0-9+/]{20,}={0,2}")) {
                throw new StorageDeniedException("account key is not base64, account=" + account);
            }
            return Optional.of(
                    new StorageSharedKeyCredentialPolicy(new StorageSharedKeyCredential(account, key.text())));
        }
    }

    /** A shared access signature. */
    record Signature(Secret token) implements Login {
        @Override
        public boolean same(Login other) {
            return other instanceof Signature it && token.text().equals(it.token.text());
        }

        @Override
        public Optional<HttpPipelinePolicy> policy(BlobTransport transport) {
            String query = token.text().replaceFirst("^\\?", "");
            if (!query.matches("[A-Za-z0-9%&=+/:._~,-]+") || !query.contains("sig=")) {
                throw new StorageDeniedException("SAS token is not a query string with a signature, setting=sasToken");
            }
            return Optional.of(new AzureSasCredentialPolicy(new AzureSasCredential(query), false));
        }
    }

    /** Tokens of the directory, got anew before they expire, for one configuration. */
    record Token(TokenSource source, AzureIdentity configured) implements Login {
        @Override
        public boolean same(Login other) {
            return other instanceof Token it && configured == it.configured;
        }

        @Override
        public Optional<HttpPipelinePolicy> policy(BlobTransport transport) {
            return Optional.of(new BearerTokenAuthenticationPolicy(
                    new AzureToken(source, transport), TokenSource.RESOURCE + ".default"));
        }
    }

    /** Nobody. */
    record Anonymous() implements Login {
        @Override
        public boolean same(Login other) {
            return other instanceof Anonymous;
        }

        @Override
        public Optional<HttpPipelinePolicy> policy(BlobTransport transport) {
            return Optional.empty();
        }
    }
}
