package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.seawall.SeawallException;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import org.seawall.filesystem.common.UnreachableException;

/** Errors of the SDK in the words of the contract. Every message names the object, and none a secret. */
final class GcsExceptions {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Set<String> KEYS = Set.of(
            "customerEncryptionKeyIsIncorrect",
            "customerEncryptionKeySha256IsInvalid",
            "resourceIsEncryptedWithCustomerEncryptionKey",
            "resourceNotEncryptedWithCustomerEncryptionKey");

    private GcsExceptions() {}

    /** What a request does: it reads, it prepares a change that the last of several requests makes, or it makes one. */
    enum Effect {
        NONE,
        PREPARES,
        CHANGES
    }

    /** One request: what it is for, what it is about, what it does. */
    record Request(String operation, String bucket, String key, Effect effect) {
        String object() {
            return "object=gcs://" + bucket + "/" + key;
        }

        /** An error whose request may have had its effect, if it was to have one. */
        IOException open(String words, Exception cause) {
            return effect == Effect.CHANGES
                    ? new OutcomeOpenException(words, cause)
                    : new NotDoneException(words, cause);
        }
    }

    /** What may fail with an error of the SDK. */
    interface Body<T> {
        T run() throws IOException;
    }

    /** Sends a request with a token that is there before it: what fails for want of one was not sent. */
    static <T> T naming(Request request, GcsClient client, Body<T> body) throws IOException {
        try {
            client.authorize();
        } catch (IOException | RuntimeException e) {
            throw unauthorized(request, new GcsFailure(e));
        }
        try {
            return body.run();
        } catch (SeawallException | ConditionFailedException | NotDoneException | OutcomeOpenException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw translate(request, e);
        }
    }

    /** What an error means for the caller; {@link StorageDeniedException} is thrown. */
    static IOException translate(Request request, Exception e) {
        GcsFailure failure = new GcsFailure(e);
        if (failure.ofToken()) {
            return unauthorized(request, failure);
        }
        return failure.status().isPresent()
                ? answered(request, failure.status().get(), failure)
                : unanswered(request, failure);
    }

    private static IOException unauthorized(Request request, GcsFailure failure) {
        int status = failure.status().orElse(0);
        if (status == 0 || status == 408 || status == 429 || status >= 500) {
            return new NotDoneException("token is not had at the moment, " + request.object(), failure.cause());
        }
        boolean clock = failure.text().contains("reasonable timeframe")
                || failure.text().contains("iat and exp");
        throw new StorageDeniedException(
                (clock
                                ? "credentials are refused because of the time, set this machine's clock, now="
                                        + Instant.now()
                                : "credentials are refused, they are wrong, expired or revoked")
                        + ", " + request.object(),
                failure.cause());
    }

    private static IOException answered(Request request, int status, GcsFailure failure) {
        String words = words(request, failure, "failed");
        if (failure.throttled()) {
            return new NotDoneException("requests are throttled, " + words, failure.cause());
        }
        return switch (status) {
            case 401, 403, 407 -> throw denied(request, status, failure);
            case 400 -> refused(request, failure);
            case 404 -> missing(request, failure);
            case 412 -> new ConditionFailedException("condition does not hold, " + words, failure.cause());
            case 408, 409, 410, 500, 502, 503, 504 -> request.open(words, failure.cause());
            default -> new IOException(words, failure.cause());
        };
    }

    private static String words(Request request, GcsFailure failure, String what) {
        String reason = failure.reason().isEmpty() ? "" : ", reason=" + failure.reason();
        return request.operation() + " " + what + ", status=" + failure.status().orElse(0) + reason + ", "
                + request.object();
    }

    private static StorageDeniedException denied(Request request, int status, GcsFailure failure) {
        String what = switch (status) {
            case 401 -> "is denied, credentials are missing, expired or revoked" + skew(failure);
            case 407 -> "is denied by the proxy, set proxyUser and proxyPassword";
            default -> "is not permitted, give the account the role Storage Object Admin on the bucket";
        };
        return new StorageDeniedException(words(request, failure, what), failure.cause());
    }

    private static String skew(GcsFailure failure) {
        return failure.ahead()
                .filter(by -> by.abs().compareTo(SKEW) > 0)
                .map(by -> ", this machine's clock is off, set it, aheadSeconds=" + by.toSeconds())
                .orElse("");
    }

    private static IOException refused(Request request, GcsFailure failure) {
        if (KEYS.contains(failure.reason())) {
            throw new StorageDeniedException(
                    "object is encrypted with another key, set customerKey to it, reason=" + failure.reason() + ", "
                            + request.object(),
                    failure.cause());
        }
        if (failure.text().contains("requester pays")) {
            throw new StorageDeniedException(
                    "bucket lets the requester pay, set userProject to the project that does, " + request.object(),
                    failure.cause());
        }
        String words = words(request, failure, "failed");
        return failure.text().contains("crc32c") || failure.text().contains("md5 hash")
                ? new NotDoneException("bytes were damaged on their way, " + words, failure.cause())
                : new IOException(words, failure.cause());
    }

    /** A write or a listing that finds nothing misses the bucket, unless what it misses is the upload that was begun. */
    private static IOException missing(Request request, GcsFailure failure) {
        if (failure.text().contains("upload_id=")) {
            return request.open("upload was forgotten by the store, status=404, " + request.object(), failure.cause());
        }
        if (request.effect() != Effect.NONE
                || request.key().isEmpty()
                || failure.text().contains("bucket does not exist")) {
            return new IOException(
                    "bucket does not exist, create it or mend the location, bucket=gcs://" + request.bucket(),
                    failure.cause());
        }
        NoSuchFileException missing = new NoSuchFileException("gcs://" + request.bucket() + "/" + request.key());
        missing.initCause(failure.cause());
        return missing;
    }

    private static IOException unanswered(Request request, GcsFailure failure) {
        String words = request.operation() + " got no answer, " + request.object();
        if (failure.unconnected()) {
            return new UnreachableException("store is not reached, " + words, failure.cause());
        }
        return failure.untrusted()
                ? new IOException("store's certificate is not trusted, " + words, failure.cause())
                : request.open(words, failure.cause());
    }
}
