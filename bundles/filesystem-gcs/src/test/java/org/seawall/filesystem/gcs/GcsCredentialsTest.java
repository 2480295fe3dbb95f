package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.gcs.StubStore.Answer;
import org.seawall.filesystem.gcs.StubStore.Asked;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** Keys by every way, changed while requests go on, refused, broken; and none of them in a message. */
class GcsCredentialsTest {

    private static final Pattern ASSERTION = Pattern.compile("assertion=[^.]+\\.([^.]+)\\.");
    private static final String OBJECT =
            "{\"kind\": \"storage#object\", \"bucket\": \"bucket\", \"name\": \"a\", \"generation\": \"17\", \"size\": \"4\"}";

    private final StubStore store = new StubStore(asked -> granted(asked, OBJECT));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private TestKey first;
    private TestKey second;

    @TempDir
    Path directory;

    @BeforeEach
    void makeKeys() {
        first = TestKey.of("first@example.com", store.endpoint() + "/token");
        second = TestKey.of("second@example.com", store.endpoint() + "/token");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
        store.close();
    }

    /** A token for whoever signs, which is the account's name; and the object to everybody. */
    private static Answer granted(Asked asked, String object) {
        if (!asked.uri().startsWith("/token")) {
            return Answer.json(200, object);
        }
        Matcher assertion = ASSERTION.matcher(asked.body());
        assertTrue(assertion.find(), asked::body);
        String claims = new String(Base64.getUrlDecoder().decode(assertion.group(1)), StandardCharsets.UTF_8);
        assertTrue(claims.contains("/auth/devstorage.read_write\""), claims);
        String account = Stream.of("first", "second")
                .filter(claims::contains)
                .findFirst()
                .orElseThrow();
        return Answer.json(
                200,
                "{\"access_token\": \"token-of-" + account + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}");
    }

    private TestClients clients(Map<String, ?> values, Map<String, String> environment) {
        Map<String, Object> all = new HashMap<>(Map.of("endpoint", store.endpoint()));
        all.putAll(values);
        GcsClients clients = new GcsClients(GcsSettings.of(TestConfiguration.of(all), environment::get));
        TestClients made = new TestClients(clients, new GcsBuckets(clients));
        opened.add(made);
        return made;
    }

    /** Who the store takes us for. */
    private String who(TestClients clients) throws IOException {
        clients.bucket("bucket").head("a");
        return store.asked().get(store.asked().size() - 1).header("Authorization");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void aKeyIsFoundByEveryWay() throws IOException {
        String path = file("key.json", first.json()).toString();
        String fileVariable = "GOOGLE_APPLICATION_CREDENTIALS";
        List<TestClients> ways = List.of(
                clients(Map.of("credentials", "keyFile", "keyFile", path), Map.of()),
                clients(Map.of("credentials", "keyJson", "keyJson", first.json()), Map.of()),
                clients(Map.of("credentials", "environment"), Map.of("GOOGLE_CREDENTIALS", first.json())),
                clients(Map.of("credentials", "environment"), Map.of("GOOGLE_CREDENTIALS", path)),
                clients(Map.of("credentials", "environment"), Map.of(fileVariable, path)),
                clients(Map.of("credentials", "applicationDefault"), Map.of(fileVariable, path)));
        for (TestClients way : ways) {
            assertEquals("Bearer token-of-first", who(way));
            assertEquals("Bearer token-of-first", who(way));
        }
        long tokens = store.asked().stream()
                .filter(asked -> asked.uri().startsWith("/token"))
                .count();
        assertEquals(ways.size(), tokens, "a token serves more than one request");
        assertEquals("", who(clients(Map.of("credentials", "anonymous"), Map.of())));
    }

    @Test
    void aChangedKeyFileHoldsFromTheNextRequestOn() throws IOException {
        Path key = file("key.json", first.json());
        TestClients clients = clients(Map.of("credentials", "keyFile", "keyFile", key.toString()), Map.of());
        assertEquals("Bearer token-of-first", who(clients));
        Files.move(file("next.json", second.json()), key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals("Bearer token-of-second", who(clients));
        file("key.json", "{\"type\": \"service_acc");
        assertEquals("Bearer token-of-second", who(clients), "half written");
        Files.delete(key);
        assertEquals("Bearer token-of-second", who(clients), "not there for a moment");
        file("key.json", first.json());
        assertEquals("Bearer token-of-first", who(clients));
    }

    @Test
    void aChangedConfigurationHoldsFromTheNextRequestOnAndFilesStayOpen() throws IOException {
        GcsFileSystem files = new GcsFileSystem(configured(first));
        opened.add(files::close);
        store.answers(asked ->
                asked.uri().contains("alt=media") ? new Answer(206, Map.of(), "text", 4) : granted(asked, OBJECT));
        try (FileInput input = files.open(Location.parse("gs://bucket/a"))) {
            files.change(configured(second));
            java.nio.ByteBuffer text = java.nio.ByteBuffer.allocate(4);
            input.read(0, text);
            assertEquals("text", new String(text.array(), StandardCharsets.UTF_8));
        }
        List<String> asked =
                store.asked().stream().map(one -> one.header("Authorization")).toList();
        assertEquals(List.of("", "Bearer token-of-first", "", "Bearer token-of-second"), asked);
        assertThrows(
                IllegalArgumentException.class,
                () -> files.change(TestConfiguration.of(Map.of("credentials", "keyFile"))));
        assertTrue(files.find(Location.parse("gs://bucket/a")).isPresent(), "what is refused leaves the one before");
    }

    private GcsConfiguration configured(TestKey key) {
        return TestConfiguration.of(
                Map.of("endpoint", store.endpoint(), "credentials", "keyJson", "keyJson", key.json()));
    }

    @Test
    void aRequestUnderWayFinishesAsItBegan() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        TestClients clients = clients(Map.of("credentials", "anonymous"), Map.of());
        store.answers(one -> {
            asked.countDown();
            await(changed);
            return Answer.json(200, OBJECT);
        });
        CompletableFuture<Boolean> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return clients.bucket("bucket").head("a").isPresent();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        await(asked);
        clients.clients().change(GcsSettings.of(configured(second)));
        CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> {
            try {
                store.answers(one -> granted(one, OBJECT));
                return who(clients);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertEquals("Bearer token-of-second", next.get(20, TimeUnit.SECONDS));
        changed.countDown();
        assertTrue(slow.get(20, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <E extends Exception> E refused(Class<E> type, Answer tokens) {
        TestClients clients = clients(Map.of("credentials", "keyJson", "keyJson", first.json()), Map.of());
        store.answers(asked -> asked.uri().startsWith("/token") ? tokens : Answer.json(200, OBJECT));
        E e = assertThrows(type, () -> who(clients));
        assertNoSecret(e);
        return e;
    }

    private void assertNoSecret(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        for (TestKey key : List.of(first, second)) {
            for (int at = 0; at + 40 < key.key().length(); at += 40) {
                assertFalse(trace.toString().contains(key.key().substring(at, at + 40)), trace::toString);
            }
        }
        assertFalse(trace.toString().contains("token-of-"), trace::toString);
    }

    private static Answer grantless(String description) {
        return Answer.json(400, "{\"error\": \"invalid_grant\", \"error_description\": \"" + description + "\"}");
    }

    @Test
    void aTokenThatIsRefusedSaysWhatToMend() {
        StorageDeniedException revoked =
                refused(StorageDeniedException.class, grantless("Token has been expired or revoked."));
        assertEquals(
                "credentials are refused, they are wrong, expired or revoked, object=gcs://bucket/a",
                revoked.getMessage());
        StorageDeniedException clock = refused(
                StorageDeniedException.class,
                grantless("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
                        + " Check your iat and exp values in the JWT claim."));
        assertTrue(
                clock.getMessage()
                        .startsWith("credentials are refused because of the time, set this machine's clock, now="),
                clock::getMessage);
    }

    @Test
    void aTokenThatIsNotHadAtTheMomentIsNotDone() {
        refused(NotDoneException.class, Answer.json(503, "{}"));
        refused(NotDoneException.class, Answer.none());
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutASecret() throws IOException {
        String json = first.json();
        List<String> broken = List.of(
                "no json " + first.key(),
                json.substring(0, json.length() / 2),
                json.replace("service_account", "strange"),
                json.replace(first.key().substring(0, 10), "%%%%"),
                json.replace("\"client_email\"", "\"other\""),
                "[\"" + first.key() + "\"]",
                "\"" + first.key() + "\"");
        for (String text : broken) {
            for (TestClients clients : List.of(
                    clients(Map.of("credentials", "keyJson", "keyJson", text), Map.of()),
                    clients(
                            Map.of(
                                    "credentials",
                                    "keyFile",
                                    "keyFile",
                                    file("broken.json", text).toString()),
                            Map.of()))) {
                StorageDeniedException e = assertThrows(StorageDeniedException.class, () -> who(clients), text);
                assertTrue(e.getMessage().startsWith("credentials cannot be read, "), e::getMessage);
                assertNoSecret(e);
            }
        }
        TestClients missing = clients(
                Map.of(
                        "credentials",
                        "keyFile",
                        "keyFile",
                        directory.resolve("none.json").toString()),
                Map.of());
        StorageDeniedException e = assertThrows(StorageDeniedException.class, () -> who(missing));
        assertTrue(e.getMessage().contains("none.json"), e::getMessage);
        assertEquals(List.of(), store.asked());
    }
}
