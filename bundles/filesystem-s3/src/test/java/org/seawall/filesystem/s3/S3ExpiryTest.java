package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.Bucket;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** Rules of a bucket that would take segments away from a log. */
class S3ExpiryTest {

    @ParameterizedTest
    @CsvSource({
        "'<Filter><Prefix>wal/</Prefix></Filter>', 'clean, prefix=wal/, days=30'",
        "'<Filter/>', 'clean, prefix=, days=30'",
        "'<Prefix>wal</Prefix>', 'clean, prefix=wal, days=30'",
        "'<Filter><And><Prefix>wal</Prefix><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan></And></Filter>',"
                + " 'clean, prefix=wal, days=30'",
        "'<Filter><Prefix>logs/</Prefix></Filter>', ''",
        "'<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter>', ''"
    })
    void aRuleIsFoundIfItIsOfTheDirectory(String filter, String expected) throws IOException {
        String rule = "<Rule><ID>clean</ID>" + filter
                + "<Status>Enabled</Status><Expiration><Days>30</Days></Expiration></Rule>";
        assertEquals(Optional.of(expected).filter(text -> !text.isEmpty()), asked(200, rules(rule)));
    }

    @Test
    void whatDeletesNothingThatALogNeedsIsNoSuchRule() {
        LifecycleRule uploads = LifecycleRule.builder()
                .id("uploads")
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix(""))
                .abortIncompleteMultipartUpload(abort -> abort.daysAfterInitiation(1))
                .build();
        LifecycleRule markers = uploads.toBuilder()
                .expiration(expiration -> expiration.expiredObjectDeleteMarker(true))
                .noncurrentVersionExpiration(old -> old.noncurrentDays(1))
                .build();
        LifecycleRule off = uploads.toBuilder()
                .status(ExpirationStatus.DISABLED)
                .expiration(expiration -> expiration.days(1))
                .build();
        assertEquals(Optional.empty(), S3Expiry.of(List.of(uploads, markers, off), "wal/segments/a"));
    }

    /** No permission to look, no rules, and a store that has none: all the same to who asks for a warning. */
    @Test
    void whatIsNotToldIsAnError() {
        assertThrows(StorageDeniedException.class, () -> asked(403, "<Error><Code>AccessDenied</Code></Error>"));
        assertThrows(IOException.class, () -> asked(404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>"));
        assertThrows(IOException.class, () -> asked(501, "<Error><Code>NotImplemented</Code></Error>"));
    }

    private static String rules(String rule) {
        return "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + rule
                + "</LifecycleConfiguration>";
    }

    private static Optional<String> asked(int status, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/bucket", exchange -> {
            byte[] body = exchange.getRequestURI().getQuery().equals("lifecycle")
                    ? answer.getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        S3Configuration configuration = TestConfiguration.of(Map.of(
                        "endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "pathStyle",
                        true,
                        "credentials",
                        "anonymous",
                        "region",
                        "us-east-1"))
                .annotation();
        try (S3Store store = new S3Store(S3Settings.of(configuration))) {
            Bucket bucket = store.bucket("bucket");
            return store.calls().threads().read(() -> bucket.expiry("wal/segments/a"));
        } finally {
            server.stop(0);
        }
    }
}
