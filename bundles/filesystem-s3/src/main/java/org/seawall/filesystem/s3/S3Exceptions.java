package org.seawall.filesystem.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import org.seawall.filesystem.common.UnreachableException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one translator of the SDK's errors. What may have had an effect is said to be open, in doubt too. */
final class S3Exceptions {

    private static final Set<String> THROTTLED =
            Set.of("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
    private static final Set<String> WRONG_KEY = Set.of(
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity", "InvalidClientTokenId");
    private static final Set<String> WRONG_REGION = Set.of(
            "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "Redirect");

    private S3Exceptions() {}

    /**
     * Translates an error.
     *
     * @param operation what was asked for, a verb
     * @param object where, as {@code s3://bucket/key}
     * @param e what the SDK said
     * @return what to throw
     * @throws StorageDeniedException for credentials, permissions and clocks
     */
    static IOException translate(String operation, String object, SdkException e) {
        return e instanceof AwsServiceException answer
                ? answered(operation, object, answer)
                : unanswered(operation, object, e);
    }

    private static IOException answered(String operation, String object, AwsServiceException e) {
        String code = code(e);
        int status = e.statusCode();
        String told = ", status=" + status + ", code=" + code + ", object=" + object;
        denied(operation, code, status, told, e);
        if (WRONG_REGION.contains(code)
                || status == 301
                || status == 307
                || status == 400 && region(e).isPresent()) {
            return new IOException(
                    "wrong region or endpoint, set region to that of the bucket, expected="
                            + region(e).orElse("not told") + told,
                    e);
        }
        return switch (status) {
            case 404 -> notFound(operation, object, told, e);
            case 412 -> new ConditionFailedException("condition does not hold for " + operation + told, e);
            // another conditional write to the key was under way: this one was given up
            case 409 -> new NotDoneException("a conflicting write was under way at " + operation + told, e);
            case 429 -> new NotDoneException("store asks to slow down at " + operation + told, e);
            case 416 -> new IOException("object is shorter than it was at " + operation + told, e);
            case 501 -> new IOException("store does not have what is needed for " + operation + told, e);
            default -> other(operation, code, status, told, e);
        };
    }

    private static IOException other(String operation, String code, int status, String told, AwsServiceException e) {
        if (THROTTLED.contains(code)) {
            return new NotDoneException("store asks to slow down at " + operation + told, e);
        }
        if (status >= 500 || code.equals("RequestTimeout")) {
            return new OutcomeOpenException("store failed at " + operation + told, e);
        }
        if (code.equals("BadDigest") || code.equals("XAmzContentChecksumMismatch")) {
            return new NotDoneException("bytes arrived damaged at " + operation + told, e);
        }
        return new IOException(operation + " failed, reason=" + message(e) + told, e);
    }

    private static void denied(String operation, String code, int status, String told, AwsServiceException e) {
        if (EXPIRED.contains(code)) {
            throw new StorageDeniedException("credentials have expired, renew them, operation=" + operation + told, e);
        }
        if (code.equals("RequestTimeTooSkewed") || code.equals("RequestExpired")) {
            throw new StorageDeniedException(
                    "the clock of this machine and the store's differ too much, set it, operation=" + operation + told,
                    e);
        }
        if (WRONG_KEY.contains(code)) {
            throw new StorageDeniedException(
                    "the store does not know the access key or its secret, correct them, operation=" + operation + told,
                    e);
        }
        if (status == 401 || status == 403) {
            throw new StorageDeniedException(
                    "no permission, allow s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket, operation="
                            + operation + told,
                    e);
        }
    }

    /** The answer to a head has no body, and so no code. */
    private static IOException notFound(String operation, String object, String told, AwsServiceException e) {
        return switch (code(e)) {
            case "NoSuchBucket" -> new IOException("no such bucket, create it or correct the location" + told, e);
            case "NoSuchKey", "NotFound", "404", "none" -> missing(operation, object, e);
            default -> new IOException(operation + " failed, reason=" + message(e) + told, e);
        };
    }

    private static NoSuchFileException missing(String operation, String object, SdkException e) {
        NoSuchFileException missing = new NoSuchFileException(object, null, operation);
        missing.initCause(e);
        return missing;
    }

    /** Only what certainly was not sent is not done. */
    private static IOException unanswered(String operation, String object, SdkException e) {
        Optional<StorageDeniedException> denied = cause(e, StorageDeniedException.class);
        if (denied.isPresent()) {
            throw new StorageDeniedException(denied.get().getMessage() + ", object=" + object, e);
        }
        if (cause(e, WrongRangeException.class).isPresent()) {
            return new IOException("store does not keep to ranges at " + operation + ", object=" + object, e);
        }
        boolean untrusted = cause(e, CertificateException.class).isPresent();
        if (untrusted) {
            return new IOException(
                    "certificate of the store is not trusted, operation=" + operation + ", object=" + object, e);
        }
        boolean notSent = Stream.of(
                        ConnectException.class,
                        NoRouteToHostException.class,
                        UnknownHostException.class,
                        ConnectTimeoutException.class,
                        ConnectionRequestTimeoutException.class,
                        SSLHandshakeException.class)
                .anyMatch(type -> cause(e, type).isPresent());
        String words = operation + ", reason=" + root(e) + ", object=" + object;
        return notSent
                ? new UnreachableException("no connection to the store for " + words, e)
                : new OutcomeOpenException("no answer of the store to " + words, e);
    }

    private static <T> Optional<T> cause(Throwable e, Class<T> type) {
        return chain(e, each -> type.isInstance(each) ? Optional.of(type.cast(each)) : Optional.empty());
    }

    private static <T> Optional<T> chain(Throwable e, Function<Throwable, Optional<T>> find) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            Optional<T> found = find.apply(each);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String root(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getClass().getSimpleName();
    }

    private static String code(AwsServiceException e) {
        return details(e).map(AwsErrorDetails::errorCode).orElse("none");
    }

    private static String message(AwsServiceException e) {
        return details(e).map(AwsErrorDetails::errorMessage).orElse("none");
    }

    private static Optional<String> region(AwsServiceException e) {
        return details(e)
                .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
    }

    private static Optional<AwsErrorDetails> details(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails());
    }
}
