package org.seawall.filesystem.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.cloud.BaseServiceException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;

/** What an error of the SDK and its causes tell. */
final class GcsFailure {

    private static final int DEEPEST = 20;
    /** In the answer itself: of a batch as a whole the SDK tells no reason. */
    private static final Pattern THROTTLED = Pattern.compile("\"reason\"\\s*:\\s*\"(user)?ratelimitexceeded\"");

    private final Exception error;

    GcsFailure(Exception error) {
        this.error = error;
    }

    private Stream<Throwable> chain() {
        return Stream.iterate((Throwable) error, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST);
    }

    private <T> Stream<T> parts(Class<T> type) {
        return chain().filter(type::isInstance).map(type::cast);
    }

    /** The error, for who reads a stack trace. */
    Exception cause() {
        return Scrubbed.of(error);
    }

    /** What was answered, or empty if nothing was. */
    Optional<Integer> status() {
        return Stream.concat(
                        parts(BaseServiceException.class).map(BaseServiceException::getCode),
                        parts(HttpResponseException.class).map(HttpResponseException::getStatusCode))
                .filter(code -> code > 0)
                .findFirst();
    }

    /** The store's word for it, or empty. */
    String reason() {
        return parts(BaseServiceException.class)
                .map(BaseServiceException::getReason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** All words, in lower case. */
    String text() {
        return chain().map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
    }

    boolean throttled() {
        int status = status().orElse(0);
        return status == 429 || status == 403 && THROTTLED.matcher(text()).find();
    }

    /** Whether it is about a token, which the SDK fetched for the request, and not about the request. */
    boolean ofToken() {
        return parts(Retryable.class).findAny().isPresent();
    }

    /** Whether nothing was sent. */
    boolean unconnected() {
        return chain().anyMatch(part -> part instanceof ConnectException
                || part instanceof UnknownHostException
                || part instanceof NoRouteToHostException
                || part instanceof ConnectTimeoutException
                || part instanceof ConnectionPoolTimeoutException);
    }

    boolean untrusted() {
        return chain().anyMatch(
                        part -> part instanceof SSLHandshakeException || part instanceof SSLPeerUnverifiedException);
    }

    /** By how much this machine's clock is ahead of who answered. */
    Optional<Duration> ahead() {
        return parts(HttpResponseException.class)
                .map(answer -> answer.getHeaders().getDate())
                .filter(Objects::nonNull)
                .flatMap(GcsFailure::time)
                .map(there -> Duration.between(there, Instant.now()))
                .findFirst();
    }

    private static Stream<Instant> time(String date) {
        try {
            return Stream.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notOne) {
            return Stream.empty();
        }
    }
}
