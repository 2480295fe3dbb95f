package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import org.seawall.filesystem.common.StoredObject;

/** Answers that an emulator does not give, from a server that gives them. */
class AzureExceptionsTest {

    private static final String SIGNATURE = "c2VjcmV0LXNlY3JldC1zZWNyZXQ%3D";
    private static final String SAS = "sv=2022-11-02&sp=rwdl&se=2020-01-01T00%3A00%3A00Z&sr=c&sig=" + SIGNATURE;

    private final Gate gate = new Gate();
    private final AzureStore store = Settings.none()
            .with("endpoint", gate.url() + "/account")
            .with("credentials", "sas")
            .with("sasToken", SAS)
            .with("requestTimeoutMillis", 2_000)
            .store();

    @AfterEach
    void close() {
        store.close();
        gate.close();
    }

    private StoredObject put() throws IOException {
        return store.bucket("container")
                .put("dir/key", List.of(ByteBuffer.allocate(3)), new Bucket.Condition.Absent(), "put-1");
    }

    private ByteBuffer read() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(3);
        store.bucket("container").read(new StoredObject("dir/key", 3, "0x1", Optional.empty()), 0, target);
        return target;
    }

    private static <E extends Exception> E fails(Class<E> type, Executable call) {
        E error = assertThrows(type, call);
        assertTrue(error.getMessage().contains("container/dir/key"), error::getMessage);
        assertTrue(error.getMessage().contains("account=account"), error::getMessage);
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("c2VjcmV0"), "a signature in what is thrown");
        return error;
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({
        "409, BlobAlreadyExists, ConditionFailedException",
        "412, ConditionNotMet, ConditionFailedException",
        "412, LeaseIdMissing, IOException",
        "409, InvalidBlobType, SealedException",
        "409, BlobIsSealed, SealedException",
        "409, BlockCountExceedsLimit, SealedException",
        "412, AppendPositionConditionNotMet, ConditionFailedException",
        "404, ContainerNotFound, IOException",
        "400, InvalidHeaderValue, IOException",
        "400, InvalidBlockList, NotDoneException",
        "413, RequestBodyTooLarge, IOException",
        "429, TooManyRequests, NotDoneException",
        "503, ServerBusy, NotDoneException",
        "503, '', OutcomeOpenException",
        "500, OperationTimedOut, OutcomeOpenException",
        "500, InternalError, OutcomeOpenException",
        "502, '', OutcomeOpenException",
        "408, '', OutcomeOpenException"
    })
    void aWriteIsToldByWhatTheAnswerSaysOfItsEffect(int status, String code, String type) {
        gate.answering(Gate.Answered.error(status, code));
        IOException error = fails(IOException.class, this::put);
        assertEquals(type, error.getClass().getSimpleName());
        assertTrue(error.getMessage().contains("status=" + status), error::getMessage);
        assertTrue(error.getMessage().contains("request=request-1"), error::getMessage);
        assertEquals(1, gate.asked().size(), "one attempt");
    }

    @ParameterizedTest
    @CsvSource({
        "404, BlobNotFound, NoSuchFileException",
        "412, ConditionNotMet, ConditionFailedException",
        "503, ServerBusy, NotDoneException",
        "500, OperationTimedOut, NotDoneException",
        "429, '', NotDoneException",
        "416, InvalidRange, IOException"
    })
    void aReadHasNoEffectAndMayBeSentAgain(int status, String code, String type) {
        gate.answering(Gate.Answered.error(status, code));
        IOException error = fails(IOException.class, this::read);
        assertEquals(type, error.getClass().getSimpleName());
        assertEquals(1, gate.asked().size(), "one attempt");
    }

    @Test
    void aContainerThatIsMissingIsSaidToBeSo() {
        gate.answering(Gate.Answered.error(404, "ContainerNotFound"));
        assertTrue(fails(IOException.class, this::put).getMessage().startsWith("no such container"));
        assertFalse(fails(IOException.class, this::read) instanceof NoSuchFileException);
    }

    @Test
    void aConnectionThatEndsLeavesAWriteOpenAndAReadUndone() {
        gate.answering(Gate.Answered.hangUp());
        fails(OutcomeOpenException.class, this::put);
        assertEquals(1, gate.asked().size(), "one attempt");
        fails(NotDoneException.class, this::read);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeLeavesAWriteOpen() {
        gate.answering(request -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return Gate.Answered.error(500, "InternalError");
        });
        OutcomeOpenException error = fails(OutcomeOpenException.class, this::put);
        assertTrue(error.getCause().getMessage().contains("requestTimeoutMillis=2000"), error.getCause()::getMessage);
    }

    @Test
    void aBodyThatIsTooShortIsNotRead() {
        gate.answering(new Gate.Answered(206, Map.of("ETag", "\"0x1\"", "Content-Range", "bytes 0-1/3"), "xx"));
        fails(NotDoneException.class, this::read);
    }

    private static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            return taken.getLocalPort();
        }
    }

    @Test
    void whatIsNotReachedIsNotDone() throws IOException {
        try (AzureStore nobody = Settings.none()
                .with("endpoint", "http://127.0.0.1:" + freePort() + "/account")
                .with("credentials", "anonymous")
                .store()) {
            Bucket bucket = nobody.bucket("container");
            fails(NotDoneException.class, () -> bucket.head("dir/key"));
            fails(
                    NotDoneException.class,
                    () -> bucket.put("dir/key", List.of(), new Bucket.Condition.Absent(), "put-1"));
        }
    }

    @Test
    void anAccountThatDoesNotExistIsAskedAbout() throws IOException {
        try (AzureStore nobody = Settings.none()
                .with("endpoint", "https://account.blob.core.invalid")
                .with("credentials", "anonymous")
                .store()) {
            Bucket bucket = nobody.bucket("container");
            NotDoneException error = fails(NotDoneException.class, () -> bucket.head("dir/key"));
            assertTrue(error.getMessage().startsWith("no host has the account's name"), error::getMessage);
        }
    }

    @Test
    void aSignatureThatAzureQuotesIsNotToldOn() {
        Gate.Answered refused = Gate.Answered.error(403, "AuthenticationFailed");
        gate.answering(new Gate.Answered(
                403,
                refused.headers(),
                "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code><AuthenticationErrorDetail>The MAC signature"
                        + " found in the HTTP request '" + SIGNATURE
                        + "' is not the same</AuthenticationErrorDetail></Error>"));
        fails(StorageDeniedException.class, this::put);
        fails(StorageDeniedException.class, this::read);
    }

    @Test
    void anExpiredSignatureIsToldWithItsExpiry() {
        gate.answering(Gate.Answered.error(403, "AuthenticationFailed").with("Date", now()));
        StorageDeniedException error = fails(StorageDeniedException.class, this::put);
        assertTrue(error.getMessage().startsWith("SAS token has expired"), error::getMessage);
        assertTrue(error.getMessage().contains("expiry=2020-01-01T00:00:00Z"), error::getMessage);
    }

    @Test
    void aClockThatIsWrongIsToldByHowMuch() throws Exception {
        String hourAgo = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
        String answer = "HTTP/1.1 403 Forbidden\r\nDate: " + hourAgo
                + "\r\nx-ms-error-code: AuthenticationFailed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                AzureStore there = Settings.none()
                        .with("endpoint", "http://127.0.0.1:" + server.getLocalPort() + "/account")
                        .with("credentials", "sas")
                        .with("sasToken", SAS)
                        .store()) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerOnce(server, answer));
            Bucket bucket = there.bucket("container");
            StorageDeniedException error = fails(StorageDeniedException.class, () -> bucket.head("dir/key"));
            assertTrue(
                    error.getMessage()
                            .matches("clock of this machine differs from the storage's, seconds=36\\d\\d: .*"),
                    error::getMessage);
            served.join();
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = lines.readLine();
            while (line != null && !line.isEmpty()) {
                line = lines.readLine();
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AuthorizationPermissionMismatch, Storage Blob Data Contributor",
        "403, AuthorizationFailure, firewall",
        "403, KeyBasedAuthenticationNotPermitted, use an identity",
        "403, SomethingNew, credentials or permissions do not suffice",
        "401, NoAuthenticationInformation, there were none",
        "400, InvalidAuthenticationInfo, credentials are of a form",
        "409, PublicAccessNotPermitted, there were none"
    })
    void aRefusalSaysWhatToMend(int status, String code, String words) throws IOException {
        gate.answering(Gate.Answered.error(status, code).with("Date", now()));
        try (AzureStore unsigned = Settings.none()
                .with("endpoint", gate.url() + "/account")
                .with("credentials", "anonymous")
                .store()) {
            Bucket bucket = unsigned.bucket("container");
            StorageDeniedException error = fails(
                    StorageDeniedException.class,
                    () -> bucket.put("dir/key", List.of(), new Bucket.Condition.Absent(), "put-1"));
            assertTrue(error.getMessage().contains(words), error::getMessage);
            assertTrue(error.getMessage().contains("code=" + code), error::getMessage);
        }
    }

    @Test
    void aStoreThatIsClosedSaysSo() {
        store.close();
        IOException error = assertThrows(IOException.class, this::put);
        assertFalse(error instanceof ConditionFailedException);
        assertTrue(gate.asked().isEmpty());
    }
}
