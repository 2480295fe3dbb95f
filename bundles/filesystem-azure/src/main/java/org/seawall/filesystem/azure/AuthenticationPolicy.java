package org.seawall.filesystem.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Signs each request with the credentials as they are then, so that changed ones take effect at the next request. */
final class AuthenticationPolicy implements HttpPipelinePolicy {

    private final Supplier<Login> logins;
    private final BlobTransport transport;
    private volatile Kept kept;

    private record Kept(Login login, Optional<HttpPipelinePolicy> policy) {}

    AuthenticationPolicy(Supplier<Login> logins, BlobTransport transport) {
        this.logins = logins;
        this.transport = transport;
        this.kept = new Kept(new Login.Anonymous(), Optional.empty());
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.defer(() -> {
            Optional<HttpPipelinePolicy> policy = policy();
            return policy.isPresent() ? policy.get().process(context, next) : next.process();
        });
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        Optional<HttpPipelinePolicy> policy = policy();
        return policy.isPresent() ? policy.get().processSync(context, next) : next.processSync();
    }

    private Optional<HttpPipelinePolicy> policy() {
        Login login = logins.get();
        Kept now = kept;
        if (!now.login().same(login)) {
            now = new Kept(login, login.policy(transport));
            kept = now;
        }
        return now.policy();
    }
}
