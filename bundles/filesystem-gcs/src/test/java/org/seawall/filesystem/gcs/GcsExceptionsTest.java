package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Bucket.Condition;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import org.seawall.filesystem.common.StoredObject;
import org.seawall.filesystem.gcs.StubStore.Answer;
import org.seawall.filesystem.gcs.StubStore.Asked;

/** What a caller gets for what a store says or does not say, and that each call asks once. */
class GcsExceptionsTest {

    private static final StoredObject OBJECT = new StoredObject("dir/a", 9, "17", Optional.empty());
    private static final Answer UNUSED = Answer.error(500, "backendError", "not told what to answer");

    private final StubStore store = new StubStore(asked -> UNUSED);
    private TestClients clients;
    private Bucket bucket;

    @BeforeEach
    void open() throws IOException {
        clients = TestClients.of(store.endpoint(), Map.of("uploadThresholdBytes", 100L, "readTimeoutMillis", 2_000));
        bucket = clients.bucket("bucket");
    }

    @AfterEach
    void close() {
        clients.close();
        store.close();
    }

    private StoredObject put(int bytes) throws IOException {
        return bucket.put("dir/a", List.of(ByteBuffer.allocate(bytes)), new Condition.Absent(), "id");
    }

    private List<Executable> reads() {
        return List.of(
                () -> bucket.head("dir/a"),
                () -> bucket.list("dir/", false, Optional.empty()),
                () -> bucket.read(OBJECT, 0, ByteBuffer.allocate(9)));
    }

    private List<Executable> changes() {
        return List.of(
                () -> put(10), () -> bucket.delete(List.of("dir/a")), () -> bucket.delete(List.of("dir/a", "dir/b")));
    }

    private List<Executable> calls() {
        List<Executable> all = new ArrayList<>(reads());
        all.addAll(changes());
        return all;
    }

    /** The error of a call that is answered so, and that asked once. */
    private <E extends Exception> E fails(Class<E> type, Executable call, Function<Asked, Answer> answers) {
        store.answers(answers);
        E e = assertThrows(type, call);
        assertEquals(1, store.asked().size(), () -> "requests of one call: " + store.asked());
        assertTrue(e.getMessage().contains("gcs://bucket"), e::getMessage);
        return e;
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void aStoreThatFailsIsAskedOnceAndAWriteIsOpen(int status) {
        for (Executable call : reads()) {
            fails(NotDoneException.class, call, asked -> Answer.error(status, "backendError", "failing"));
        }
        for (Executable call : changes()) {
            fails(OutcomeOpenException.class, call, asked -> Answer.error(status, "backendError", "failing"));
        }
    }

    @Test
    void noAnswerIsOpenForAWriteAndARepetitionForARead() {
        for (Executable call : reads()) {
            fails(NotDoneException.class, call, asked -> Answer.none());
        }
        for (Executable call : changes()) {
            fails(OutcomeOpenException.class, call, asked -> Answer.none());
        }
    }

    @Test
    void anAnswerThatIsCutOffIsNoAnswer() {
        Answer object = Answer.json(
                200,
                "{\"kind\": \"storage#object\", \"bucket\": \"bucket\", \"name\": \"dir/a\", \"generation\": \"17\"}");
        fails(OutcomeOpenException.class, () -> put(10), asked -> object.cut(30));
        fails(OutcomeOpenException.class, () -> put(10), asked -> Answer.json(200, "{\"kind\": \"storage#obj"));
        fails(OutcomeOpenException.class, () -> put(10), asked -> Answer.json(200, "<html>a proxy's page"));
        fails(NotDoneException.class, () -> bucket.head("dir/a"), asked -> object.cut(30));
        Executable read = () -> bucket.read(OBJECT, 0, ByteBuffer.allocate(9));
        fails(NotDoneException.class, read, asked -> new Answer(206, Map.of(), "four", 4).cut(5));
        fails(NotDoneException.class, read, asked -> new Answer(206, Map.of(), "four", 4));
    }

    @ParameterizedTest
    @CsvSource({"429,rateLimitExceeded", "403,rateLimitExceeded", "403,userRateLimitExceeded"})
    void whatIsThrottledIsNotDone(int status, String reason) {
        for (Executable call : calls()) {
            NotDoneException e =
                    fails(NotDoneException.class, call, asked -> Answer.error(status, reason, "slow down"));
            assertTrue(e.getMessage().startsWith("requests are throttled, "), e::getMessage);
        }
    }

    @Test
    void aStoreThatIsNotThereIsNotDone() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        for (String endpoint : List.of("http://127.0.0.1:" + port, "http://no-such-host.invalid")) {
            try (TestClients gone = TestClients.of(endpoint, Map.of())) {
                Bucket away = gone.bucket("bucket");
                NotDoneException e = assertThrows(
                        NotDoneException.class, () -> away.put("dir/a", List.of(), new Condition.Absent(), "id"));
                assertEquals("store is not reached, write got no answer, object=gcs://bucket/dir/a", e.getMessage());
                assertThrows(NotDoneException.class, () -> away.delete(List.of("a", "b")));
            }
        }
    }

    @Test
    void whoIsNotKnownIsDenied() {
        for (Executable call : calls()) {
            StorageDeniedException e = fails(
                    StorageDeniedException.class, call, asked -> Answer.error(401, "authError", "Invalid Credentials"));
            assertTrue(
                    e.getMessage().contains("credentials are missing, expired or revoked, status=401"), e::getMessage);
        }
    }

    @Test
    void aClockThatIsOffIsTold() {
        String there = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().minusSeconds(3_600).atZone(ZoneOffset.UTC));
        HttpResponseException answer =
                new HttpResponseException.Builder(401, "?", new HttpHeaders().setDate(there)).build();
        StorageDeniedException e = assertThrows(
                StorageDeniedException.class,
                () -> GcsExceptions.translate(
                        new GcsExceptions.Request("write", "bucket", "dir/a", GcsExceptions.Effect.CHANGES),
                        new StorageException(401, "?", answer)));
        assertTrue(
                e.getMessage().matches(".*this machine's clock is off, set it, aheadSeconds=3[56]\\d\\d, .*"),
                e::getMessage);
    }

    @Test
    void whatIsNotPermittedNamesTheRole() {
        for (Executable call : calls()) {
            StorageDeniedException e = fails(
                    StorageDeniedException.class,
                    call,
                    asked -> Answer.error(403, "forbidden", "does not have storage.objects.get access"));
            assertTrue(e.getMessage().contains("role Storage Object Admin"), e::getMessage);
        }
    }

    @Test
    void keysAndPayersAreTold() {
        StorageDeniedException key = fails(
                StorageDeniedException.class,
                reads().get(2),
                asked -> Answer.error(
                        400, "customerEncryptionKeyIsIncorrect", "The provided encryption key is incorrect."));
        assertTrue(
                key.getMessage().startsWith("object is encrypted with another key, set customerKey"), key::getMessage);
        StorageDeniedException payer = fails(
                StorageDeniedException.class,
                reads().get(1),
                asked ->
                        Answer.error(400, "required", "Bucket is requester pays bucket but no user project provided."));
        assertTrue(payer.getMessage().startsWith("bucket lets the requester pay, set userProject"), payer::getMessage);
    }

    @Test
    void bytesThatAreDamagedOnTheirWayAreNotDone() {
        NotDoneException e = fails(
                NotDoneException.class,
                () -> put(10),
                asked -> Answer.error(400, "invalid", "Provided CRC32C \\\"AAA\\\" doesn't match calculated CRC32C"));
        assertTrue(e.getMessage().startsWith("bytes were damaged on their way"), e::getMessage);
    }

    @Test
    void whatNoRetryMendsIsAnErrorOfItsOwn() {
        for (Executable call : List.of(reads().get(0), reads().get(2), changes().get(0))) {
            IOException e = fails(IOException.class, call, asked -> Answer.error(400, "invalid", "bad request"));
            assertEquals(IOException.class, e.getClass());
        }
        fails(ConditionFailedException.class, () -> put(10), asked -> Answer.error(412, "conditionNotMet", "no"));
    }

    @Test
    void aMissingBucketIsNotAMissingObject() {
        String words = "The specified bucket does not exist.";
        IOException e = fails(IOException.class, reads().get(2), asked -> Answer.error(404, "notFound", words));
        assertTrue(e.getMessage().startsWith("bucket does not exist"), e::getMessage);
        store.answers(asked -> Answer.error(404, "notFound", "No such object: bucket/dir/a"));
        assertThrows(NoSuchFileException.class, reads().get(2));
    }

    @Test
    void anUploadIsNotDoneBeforeItsLastRequestAndOpenInIt() {
        byte[] parts = new byte[GcsClient.PART_BYTES + 1];
        Executable upload = () -> bucket.put("dir/a", List.of(ByteBuffer.wrap(parts)), new Condition.Absent(), "id");
        assertUpload(NotDoneException.class, upload, 0, Answer.error(503, "backendError", "failing"));
        assertUpload(NotDoneException.class, upload, 1, Answer.error(503, "backendError", "failing"));
        assertUpload(NotDoneException.class, upload, 1, Answer.none());
        assertUpload(NotDoneException.class, upload, 1, Answer.error(404, "notFound", "no such upload"));
        assertUpload(OutcomeOpenException.class, upload, 2, Answer.error(503, "backendError", "failing"));
        assertUpload(OutcomeOpenException.class, upload, 2, Answer.error(404, "notFound", "no such upload"));
        assertUpload(OutcomeOpenException.class, upload, 2, Answer.error(410, "gone", "no such upload"));
        assertUpload(OutcomeOpenException.class, upload, 2, Answer.none());
        assertUpload(
                OutcomeOpenException.class,
                upload,
                2,
                Answer.json(200, "{\"kind\": \"stor").cut(9));
        assertUpload(ConditionFailedException.class, upload, 0, Answer.error(412, "conditionNotMet", "no"));
        assertUpload(ConditionFailedException.class, upload, 2, Answer.error(412, "conditionNotMet", "no"));
        assertUpload(StorageDeniedException.class, upload, 1, Answer.error(403, "forbidden", "no more"));
    }

    /** An upload of two parts whose request of that number is answered so; nothing is asked behind it, and its id is kept. */
    private void assertUpload(Class<? extends Exception> type, Executable upload, int number, Answer answer) {
        store.answers(asked -> store.asked().size() - 1 == number
                ? answer
                : asked.method().equals("POST")
                        ? Answer.json(200, "{}").with("Location", store.endpoint() + "/upload?upload_id=GUARDED")
                        : new Answer(308, Map.of("Range", "bytes=0-" + (GcsClient.PART_BYTES - 1)), "", 0));
        Exception e = assertThrows(type, upload);
        assertEquals(
                number + 1,
                store.asked().size(),
                () -> "requests: " + store.asked().stream().map(Asked::uri).toList());
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("GUARDED"), trace::toString);
    }

    @Test
    void conditionPutIdChecksumAndTheConfigurationGoWithAWrite() throws IOException {
        clients.clients()
                .change(GcsSettings.of(TestConfiguration.anonymous(
                        store.endpoint(),
                        Map.of("userProject", "payer", "storageClass", "NEARLINE", "kmsKey", "projects/p/key"))));
        store.answers(
                asked -> Answer.json(
                        200,
                        "{\"kind\": \"storage#object\", \"bucket\": \"bucket\", \"name\": \"dir/a\", \"generation\": \"17\", \"size\": \"9\"}"));
        bucket.put("dir/a", List.of(ByteBuffer.wrap("123456789".getBytes())), new Condition.Version("16"), "the id");
        Asked asked = store.asked().get(0);
        for (String part : List.of(
                "ifGenerationMatch=16", "userProject=payer", "kmsKeyName=projects/p/key", "uploadType=multipart")) {
            assertTrue(asked.uri().contains(part), asked::uri);
        }
        // the check value of CRC-32C is e3069283
        for (String part : List.of(
                "\"crc32c\":\"4waSgw==\"",
                "\"metadata\":{\"seawall-put-id\":\"the id\"}",
                "\"storageClass\":\"NEARLINE\"",
                "\r\n123456789\r\n")) {
            assertTrue(asked.body().contains(part), asked::body);
        }
        assertEquals("", asked.header("Authorization"));
        bucket.put("dir/a", List.of(), new Condition.Absent(), "the id");
        assertTrue(
                store.asked().get(1).uri().contains("ifGenerationMatch=0"),
                store.asked().get(1)::uri);
    }

    @Test
    void aKeyOfOnesOwnGoesWithWritesAndReads() throws IOException {
        String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        clients.clients()
                .change(GcsSettings.of(TestConfiguration.anonymous(
                        store.endpoint(), Map.of("customerKey", key, "uploadThresholdBytes", 100L))));
        store.answers(
                asked -> asked.method().equals("GET")
                        ? new Answer(206, Map.of(), "123456789", 9)
                        : asked.uri().contains("uploadType=resumable")
                                        && asked.method().equals("POST")
                                ? Answer.json(200, "{}").with("Location", store.endpoint() + "/upload?upload_id=1")
                                : Answer.json(
                                        200,
                                        "{\"kind\": \"storage#object\", \"bucket\": \"bucket\", \"name\": \"dir/a\", \"generation\": \"17\", \"size\": \"200\"}"));
        put(10);
        put(200);
        bucket.read(OBJECT, 0, ByteBuffer.allocate(9));
        assertEquals(4, store.asked().size());
        for (int request : new int[] {0, 1, 3}) {
            assertEquals(key, store.asked().get(request).header("X-goog-encryption-key"), "request " + request);
            assertEquals("AES256", store.asked().get(request).header("X-goog-encryption-algorithm"));
        }
        store.answers(asked -> Answer.error(400, "invalid", "bad"));
        IOException e = assertThrows(IOException.class, () -> put(10));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(key), trace::toString);
    }
}
