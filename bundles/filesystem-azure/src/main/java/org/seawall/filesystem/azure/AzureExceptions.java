package org.seawall.filesystem.azure;

import com.azure.core.exception.HttpResponseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.seawall.SeawallException;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import org.seawall.filesystem.common.SealedException;
import org.seawall.filesystem.common.UnreachableException;

/** Errors of Azure and of the way to it in the words of {@link org.seawall.filesystem.common.Bucket}: the one place for it. */
final class AzureExceptions {

    /** Of what is no append blob, is sealed, or has all its blocks. */
    private static final Set<String> TAKES_NO_APPENDS =
            Set.of("BlobIsSealed", "InvalidBlobType", "BlockCountExceedsLimit");

    private final String account;
    private final String container;

    AzureExceptions(String account, String container) {
        this.account = account;
        this.container = container;
    }

    /** What is asked of the storage, for messages and for what is known if there is no answer. */
    private record Request(String operation, boolean changes, String object) {}

    /** A request without an effect: it may always be sent again. */
    <T> T reading(String operation, String key, Supplier<T> body) throws IOException {
        return calling(new Request(operation, false, key), body);
    }

    /** A request with an effect. */
    <T> T changing(String operation, String key, Supplier<T> body) throws IOException {
        return calling(new Request(operation, true, key), body);
    }

    private <T> T calling(Request request, Supplier<T> body) throws IOException {
        try {
            return body.get();
        } catch (SeawallException e) {
            throw e;
        } catch (RuntimeException e) {
            throw translated(request, e);
        }
    }

    private IOException translated(Request request, RuntimeException e) {
        Optional<HttpResponseException> answer = in(e, HttpResponseException.class);
        if (answer.isPresent() && answer.get().getResponse() != null) {
            return answered(request, new Answer(answer.get()));
        }
        Optional<SeawallException> told = in(e, SeawallException.class);
        if (told.isPresent()) {
            throw told.get();
        }
        return in(e, IOException.class)
                .map(failure -> unanswered(request, failure))
                .orElseThrow(() -> e);
    }

    private static <T extends Throwable> Optional<T> in(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    private IOException answered(Request request, Answer answer) {
        if (answer.denied()) {
            throw answer.refusal(text("storage denies to " + request.operation(), answer.facts(), request));
        }
        String code = answer.code();
        return switch (answer.status()) {
            case 404 ->
                code.equals("ContainerNotFound")
                        ? new IOException(
                                text("no such container, make it or mend the location", answer.facts(), request),
                                answer.cause())
                        : missing(request, answer);
            case 409, 412 -> conflict(request, answer);
            case 429 ->
                new NotDoneException(text("storage asks to slow down", answer.facts(), request), answer.cause());
            default ->
                code.equals("ServerBusy") || code.equals("InvalidBlockList")
                        ? new NotDoneException(text("storage did not do it", answer.facts(), request), answer.cause())
                        : answer.status() >= 500 || answer.status() == 408
                                ? open(request, "storage failed to " + request.operation(), answer)
                                : new IOException(
                                        text("storage refuses to " + request.operation(), answer.facts(), request),
                                        answer.cause());
        };
    }

    private IOException missing(Request request, Answer answer) {
        NoSuchFileException missing = new NoSuchFileException(
                object(request), null, request.operation() + ", " + answer.facts() + ", account=" + account);
        missing.initCause(answer.cause());
        return missing;
    }

    private IOException conflict(Request request, Answer answer) {
        String code = answer.code();
        if (code.startsWith("Lease")) {
            return new IOException(
                    text("somebody holds a lease on the object, break it", answer.facts(), request), answer.cause());
        }
        if (TAKES_NO_APPENDS.contains(code)) {
            return new SealedException(text("takes no appends", answer.facts(), request), answer.cause());
        }
        boolean condition = answer.status() == 412 || code.equals("BlobAlreadyExists");
        return condition
                ? new ConditionFailedException(text("condition does not hold", answer.facts(), request), answer.cause())
                : new IOException(
                        text("storage refuses to " + request.operation(), answer.facts(), request), answer.cause());
    }

    private IOException open(Request request, String fact, Answer answer) {
        String message = text(fact, answer.facts(), request);
        return request.changes()
                ? new OutcomeOpenException(message, answer.cause())
                : new NotDoneException(message, answer.cause());
    }

    private IOException unanswered(Request request, IOException e) {
        if (e instanceof NotDoneException) {
            return e;
        }
        if (in(e, UnresolvedAddressException.class).isPresent()) {
            return new UnreachableException(text("no host has the account's name, is it right", "", request), e);
        }
        if (e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof SSLHandshakeException) {
            return new UnreachableException(text("storage is not reached", "", request), e);
        }
        if (request.changes()) {
            return new OutcomeOpenException(text("no answer, it may have been done", "", request), e);
        }
        return e instanceof InterruptedIOException ? e : new NotDoneException(text("no whole answer", "", request), e);
    }

    private String text(String fact, String facts, Request request) {
        return fact + ", operation=" + request.operation() + (facts.isEmpty() ? "" : ", " + facts) + ", account="
                + account + ", object=" + object(request);
    }

    private String object(Request request) {
        return container + "/" + request.object();
    }
}
