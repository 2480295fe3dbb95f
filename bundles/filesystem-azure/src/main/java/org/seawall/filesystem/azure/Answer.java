package org.seawall.filesystem.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seawall.StorageDeniedException;

/** What Azure answered where it did not do what it was asked. */
final class Answer {

    private static final Duration SKEW = Duration.ofMinutes(10);
    private static final Pattern EXPIRY = Pattern.compile("[?&]se=([^&]+)");

    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("AuthenticationFailed", "key or signature is not the account's, or is not valid any more"),
            Map.entry("InvalidAuthenticationInfo", "credentials are of a form that the account does not take"),
            Map.entry("NoAuthenticationInformation", "the account wants credentials, there were none"),
            Map.entry(
                    "AuthorizationPermissionMismatch",
                    "the identity or signature has not this permission; blobs need"
                            + " the role Storage Blob Data Contributor"),
            Map.entry("InsufficientAccountPermissions", "the identity or signature has not this permission"),
            Map.entry("AuthorizationFailure", "the identity may not do this, or the account's firewall keeps us out"),
            Map.entry("AuthorizationResourceTypeMismatch", "the signature is for another kind of resource"),
            Map.entry("AuthorizationServiceMismatch", "the signature is for another service than blobs"),
            Map.entry("AuthorizationProtocolMismatch", "the signature is for https only"),
            Map.entry("AuthorizationSourceIPMismatch", "the signature is for other addresses"),
            Map.entry(
                    "KeyBasedAuthenticationNotPermitted", "the account takes no keys and signatures, use an identity"),
            Map.entry("PublicAccessNotPermitted", "the account wants credentials, there were none"),
            Map.entry("UnauthorizedBlobOverwrite", "the signature may create but not write"),
            Map.entry("AccountIsDisabled", "the account is disabled"));

    private final HttpResponseException exception;
    private final HttpResponse response;

    Answer(HttpResponseException exception) {
        this.exception = exception;
        this.response = exception.getResponse();
    }

    int status() {
        return response.getStatusCode();
    }

    String code() {
        return header(HttpHeaderName.fromString("x-ms-error-code"));
    }

    private String header(HttpHeaderName name) {
        return Optional.ofNullable(response.getHeaderValue(name)).orElse("");
    }

    boolean denied() {
        return status() == 401
                || status() == 403
                || status() == 400 && code().endsWith("AuthenticationInfo")
                || status() == 409 && code().equals("PublicAccessNotPermitted");
    }

    /** For an operator who looks into the storage's own logs. */
    String facts() {
        String request = header(HttpHeaderName.fromString("x-ms-request-id"));
        return "status=" + status() + ", code=" + (code().isEmpty() ? "none" : code())
                + (request.isEmpty() ? "" : ", request=" + request);
    }

    StorageDeniedException refusal(String text) {
        return new StorageDeniedException(why() + ": " + text, cause());
    }

    private String why() {
        Instant theirs = date().orElseGet(Instant::now);
        if (Duration.between(theirs, Instant.now()).abs().compareTo(SKEW) > 0) {
            return "clock of this machine differs from the storage's, seconds="
                    + Duration.between(theirs, Instant.now()).toSeconds();
        }
        Optional<Instant> expiry = expiry();
        if (expiry.isPresent() && expiry.get().isBefore(theirs)) {
            return "SAS token has expired, set a new one, expiry=" + expiry.get();
        }
        return WHY.getOrDefault(code(), "credentials or permissions do not suffice");
    }

    private Optional<Instant> date() {
        try {
            return Optional.of(ZonedDateTime.parse(header(HttpHeaderName.DATE), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Of the signature that was sent. */
    private Optional<Instant> expiry() {
        Matcher found = EXPIRY.matcher(response.getRequest().getUrl().toString());
        if (!found.find()) {
            return Optional.empty();
        }
        String text = found.group(1).replace("%3A", ":").replace("%3a", ":");
        try {
            return Optional.of(OffsetDateTime.parse(text.contains("T") ? text : text + "T00:00:00Z")
                    .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** What the SDK threw; of a refusal only where, since Azure quotes what was signed and how. */
    Throwable cause() {
        if (!denied()) {
            return exception;
        }
        IOException kept = new IOException("storage denied a request, " + facts());
        kept.setStackTrace(exception.getStackTrace());
        return kept;
    }
}
