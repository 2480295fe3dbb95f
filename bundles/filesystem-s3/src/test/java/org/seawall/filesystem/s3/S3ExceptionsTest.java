package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.bytes;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.OutcomeUnknownException;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;

/** What an operator reads when a store refuses. */
class S3ExceptionsTest {

    private static final Location FILE = Location.parse("s3://bucket/wal/file");

    private static Exception creating(TestConfiguration configuration, Location file) {
        S3FileSystem files = configuration.open();
        try {
            return assertThrows(Exception.class, () -> files.create(file, bytes("text")));
        } finally {
            files.stop();
        }
    }

    private static void assertTold(Exception told, String words, Location file) {
        StringWriter trace = new StringWriter();
        told.printStackTrace(new PrintWriter(trace));
        assertTrue(told.getMessage().contains(words), told::getMessage);
        assertTrue(told.getMessage().contains("object=" + file), told::getMessage);
        assertFalse(trace.toString().contains(VersityServer.SECRET), "a secret in the message");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, credentials have expired",
        "403, AccessDenied, no permission",
        "403, RequestTimeTooSkewed, the clock of this machine",
        "403, InvalidAccessKeyId, does not know the access key",
        "403, SignatureDoesNotMatch, does not know the access key"
    })
    void whatIsDeniedSaysWhatToMend(int status, String code, String words) throws IOException {
        try (CannedServer canned = new CannedServer(status, code, Map.of())) {
            Exception told = creating(canned.configuration(), FILE);
            assertEquals(StorageDeniedException.class, told.getClass());
            assertTold(told, words, FILE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, no such bucket",
        "301, PermanentRedirect, 'wrong region or endpoint, set region to that of the bucket, expected=eu-central-1'",
        "400, AuthorizationHeaderMalformed, expected=eu-central-1",
        "503, SlowDown, asks to slow down",
        "429, TooManyRequests, asks to slow down",
        "409, ConditionalRequestConflict, a conflicting write",
        "501, NotImplemented, does not have what is needed",
        "400, EntityTooLarge, reason=told by the store"
    })
    void whatFailsSaysWhy(int status, String code, String words) throws IOException {
        Map<String, String> region =
                status == 301 || code.startsWith("Auth") ? Map.of("x-amz-bucket-region", "eu-central-1") : Map.of();
        try (CannedServer canned = new CannedServer(status, code, region)) {
            Exception told = creating(canned.configuration(), FILE);
            assertTrue(told instanceof IOException, told::toString);
            assertTold(told, words, FILE);
        }
    }

    @Test
    void anInternalErrorLeavesAWriteUnknownAndAReadFailed() throws IOException {
        try (CannedServer canned = new CannedServer(500, "InternalError", Map.of())) {
            assertEquals(
                    OutcomeUnknownException.class,
                    creating(canned.configuration(), FILE).getClass());
            S3FileSystem files = canned.configuration().open();
            assertThrows(IOException.class, () -> files.list(FILE.parent()));
            assertThrows(IOException.class, () -> files.find(FILE));
            files.stop();
        }
    }

    @Test
    void aPortWhereNobodyListensIsNoConnection() {
        TestConfiguration nobody = TestConfiguration.of(Map.of(
                "endpoint",
                "http://127.0.0.1:1",
                "credentials",
                "anonymous",
                "attempts",
                1,
                "probe",
                false,
                "pathStyle",
                true));
        Exception told = creating(nobody, FILE);
        assertTrue(told instanceof IOException, told::toString);
        assertTold(told, "no connection to the store", FILE);
    }

    @Test
    void theRealServerIsUnderstood() {
        VersityServer server = VersityServer.running();
        Location missing = Location.parse("s3://no-such-bucket-here/wal/file");
        assertTold(creating(server.configuration().with("probe", false), missing), "no such bucket", missing);
        S3FileSystem files = server.configuration().open();
        IOException list = assertThrows(IOException.class, () -> files.list(missing.parent()));
        assertTrue(list.getMessage().contains("no such bucket"), list::getMessage);
        files.stop();
        Location file = Location.parse("s3://" + server.bucket() + "/wal/file");
        TestConfiguration open = server.configuration().with("probe", false);
        assertTold(
                creating(open.with("secretKey", "x" + VersityServer.SECRET), file),
                "does not know the access key",
                file);
        assertTold(creating(open.with("accessKey", "nobody"), file), "code=", file);
        assertTold(creating(open.with("region", "eu-central-1"), file), "wrong region", file);
        assertTold(creating(open.with("credentials", "anonymous"), file), "no permission", file);
    }

    @Test
    void credentialsThatAreNotThereAreSaidToBeMissing() {
        TestConfiguration none = TestConfiguration.of(Map.of(
                "endpoint",
                "http://127.0.0.1:1",
                "credentials",
                "profile",
                "profile",
                "no-such-profile",
                "attempts",
                1,
                "probe",
                false));
        Exception told = creating(none, FILE);
        assertEquals(StorageDeniedException.class, told.getClass());
        assertTrue(told.getMessage().contains("credentials=profile"), told::getMessage);
        Exception unread = creating(
                none.with("credentials", "static").with("accessKey", "a").with("secretKeyFile", "target/no-such-file"),
                FILE);
        assertTrue(unread.getMessage().contains("secret cannot be read"), unread::getMessage);
        assertEquals(
                Optional.of(StorageDeniedException.class),
                List.of(unread.getClass()).stream().findFirst());
    }
}
