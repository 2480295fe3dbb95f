package org.seawall.filesystem.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.cloud.BaseServiceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.seawall.SeawallException;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;

/** Errors of the SDK in the words of the contract. Every message names the object, and none a secret. */
final class GcsExceptions {

    private static final Duration SKEW = Duration.ofMinutes(5);
    /** In the answer itself: of a batch as a whole the SDK tells no reason. */
    private static final Pattern THROTTLED = Pattern.compile("\"reason\"\\s*:\\s*\"(user)?ratelimitexceeded\"");

    private static final Set<String> KEYS = Set.of(
            "customerEncryptionKeyIsIncorrect",
            "customerEncryptionKeySha256IsInvalid",
            "resourceIsEncryptedWithCustomerEncryptionKey",
            "resourceNotEncryptedWithCustomerEncryptionKey");
    private static final Set<String> PAYERS = Set.of("userProjectMissing", "required");

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

        boolean changes() {
            return effect == Effect.CHANGES;
        }
    }

    /** What may fail with an error of the SDK. */
    interface Body<T> {
        T run() throws IOException;
    }

    static <T> T naming(Request request, Body<T> body) throws IOException {
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
        Exception cause = Scrubbed.of(e);
        Optional<Retryable> token = chain(e).filter(Retryable.class::isInstance)
                .map(Retryable.class::cast)
                .findFirst();
        // what a server of tokens answers is no answer of the store's
        if (token.isPresent()) {
            return token(request, token.get(), e, cause);
        }
        Optional<Integer> code = code(e);
        return code.isPresent() ? answered(request, code.get(), e, cause) : unanswered(request, e, cause);
    }

    private static IOException answered(Request request, int code, Exception e, Exception cause) {
        String words = request.operation() + " failed, status=" + code + reason(e) + ", " + request.object();
        if (code == 401) {
            throw new StorageDeniedException(
                    request.operation() + " is denied, credentials are missing, expired or revoked" + skew(e)
                            + ", status=401, " + request.object(),
                    cause);
        }
        if (code == 429 || code == 403 && THROTTLED.matcher(text(e)).find()) {
            return new NotDoneException("requests are throttled, " + words, cause);
        }
        if (code == 403) {
            throw new StorageDeniedException(
                    request.operation() + " is not permitted, give the account the role Storage Object Admin on the"
                            + " bucket, status=403" + reason(e) + ", " + request.object(),
                    cause);
        }
        return code == 400 ? refused(request, words, e, cause) : other(request, code, words, cause);
    }

    private static IOException refused(Request request, String words, Exception e, Exception cause) {
        if (KEYS.contains(word(e))) {
            throw new StorageDeniedException(
                    "object is encrypted with another key, set customerKey to it" + reason(e) + ", " + request.object(),
                    cause);
        }
        if (PAYERS.contains(word(e)) && text(e).contains("requester pays")) {
            throw new StorageDeniedException(
                    "bucket lets the requester pay, set userProject to the project that does, " + request.object(),
                    cause);
        }
        if (text(e).contains("crc32c") || text(e).contains("md5 hash")) {
            return new NotDoneException("bytes were damaged on their way, " + words, cause);
        }
        return new IOException(words, cause);
    }

    private static IOException other(Request request, int code, String words, Exception cause) {
        return switch (code) {
            case 404 -> missing(request, cause);
            case 412 -> new ConditionFailedException("condition does not hold, " + words, cause);
            case 408, 409, 410, 500, 502, 503, 504 ->
                request.changes() ? new OutcomeOpenException(words, cause) : new NotDoneException(words, cause);
            default -> new IOException(words, cause);
        };
    }

    /** A write or a listing that finds nothing misses the bucket, unless what it misses is the upload that was begun. */
    private static IOException missing(Request request, Exception cause) {
        if (text(cause).contains("upload_id=")) {
            String words = "upload was forgotten by the store, status=404, " + request.object();
            return request.changes() ? new OutcomeOpenException(words, cause) : new NotDoneException(words, cause);
        }
        if (request.effect() != Effect.NONE
                || request.key().isEmpty()
                || text(cause).contains("bucket does not exist")) {
            return new IOException(
                    "bucket does not exist, create it or mend the location, bucket=gcs://" + request.bucket(), cause);
        }
        NoSuchFileException missing = new NoSuchFileException("gcs://" + request.bucket() + "/" + request.key());
        missing.initCause(cause);
        return missing;
    }

    private static IOException unanswered(Request request, Exception e, Exception cause) {
        String words = request.operation() + " got no answer, " + request.object();
        if (find(e, GcsExceptions::unconnected)) {
            return new NotDoneException("store is not reached, " + words, cause);
        }
        if (find(e, GcsExceptions::untrusted)) {
            return new IOException("store's certificate is not trusted, " + words, cause);
        }
        return request.changes() ? new OutcomeOpenException(words, cause) : new NotDoneException(words, cause);
    }

    /** The request was not sent, since there is no token for it. */
    private static IOException token(Request request, Retryable token, Exception e, Exception cause) {
        if (token.isRetryable()) {
            return new NotDoneException("token is not had at the moment, " + request.object(), cause);
        }
        boolean clock = text(e).contains("reasonable timeframe") || text(e).contains("iat and exp");
        throw new StorageDeniedException(
                (clock
                                ? "credentials are refused because of the time, set this machine's clock, now="
                                        + Instant.now()
                                : "credentials are refused, they are wrong, expired or revoked")
                        + ", " + request.object(),
                cause);
    }

    private static String skew(Exception e) {
        Optional<Duration> ahead = chain(e).filter(HttpResponseException.class::isInstance)
                .map(HttpResponseException.class::cast)
                .flatMap(answer -> Stream.ofNullable(answer.getHeaders().getDate()))
                .flatMap(GcsExceptions::time)
                .map(there -> Duration.between(there, Instant.now()))
                .findFirst();
        return ahead.filter(by -> by.abs().compareTo(SKEW) > 0)
                .map(by -> ", this machine's clock is off, set it, aheadSeconds=" + by.toSeconds())
                .orElse("");
    }

    private static Stream<Instant> time(String date) {
        try {
            return Stream.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notOne) {
            return Stream.empty();
        }
    }

    private static Optional<Integer> code(Exception e) {
        return chain(e).flatMap(part -> part instanceof BaseServiceException answer && answer.getCode() > 0
                        ? Stream.of(answer.getCode())
                        : part instanceof HttpResponseException answer
                                ? Stream.of(answer.getStatusCode())
                                : Stream.empty())
                .findFirst();
    }

    private static String word(Exception e) {
        return chain(e).filter(BaseServiceException.class::isInstance)
                .flatMap(answer -> Stream.ofNullable(((BaseServiceException) answer).getReason()))
                .findFirst()
                .orElse("");
    }

    private static String reason(Exception e) {
        return word(e).isEmpty() ? "" : ", reason=" + word(e);
    }

    private static String text(Exception e) {
        return chain(e).map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce("", String::concat)
                .toLowerCase(Locale.ROOT);
    }

    private static boolean find(Exception e, Predicate<Throwable> what) {
        return chain(e).anyMatch(what);
    }

    /** Before anything was sent. */
    private static boolean unconnected(Throwable e) {
        return e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || e instanceof ConnectTimeoutException
                || e instanceof ConnectionPoolTimeoutException;
    }

    private static boolean untrusted(Throwable e) {
        return e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException;
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, part -> part != null, Throwable::getCause).limit(20);
    }
}
