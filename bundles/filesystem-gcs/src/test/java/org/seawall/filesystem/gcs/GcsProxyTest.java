package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.common.NotDoneException;

/** What goes out to Google's own addresses, seen at a proxy that lets nothing through. */
class GcsProxyTest {

    private static final String WORD = "hush-hush";
    private static final String KNOWN =
            "Basic " + Base64.getEncoder().encodeToString(("sea:" + WORD).getBytes(StandardCharsets.ISO_8859_1));
    private static final String WHO =
            StubProxy.answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"wall\"\r\n", "");
    private static final String NOWHERE = StubProxy.answer("502 Bad Gateway", "", "");

    private static TestClients through(StubProxy proxy, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("proxy", proxy.url());
        return TestClients.of(TestConfiguration.of(all));
    }

    private static <E extends Exception> E fails(Class<E> type, TestClients clients) {
        E e = assertThrows(type, () -> clients.bucket("bucket").head("a"));
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(WORD), trace::toString);
        return e;
    }

    @Test
    void theProxyIsToldWhoAsks() throws IOException {
        Map<String, ?> values = Map.of("credentials", "anonymous", "proxyUser", "sea", "proxyPassword", WORD);
        try (StubProxy proxy = new StubProxy(asked -> asked.authorization().isEmpty() ? WHO : NOWHERE);
                TestClients clients = through(proxy, values)) {
            fails(NotDoneException.class, clients);
            String line = "CONNECT storage.googleapis.com:443 HTTP/1.1";
            assertEquals(List.of(new StubProxy.Asked(line, ""), new StubProxy.Asked(line, KNOWN)), proxy.asked());
        }
    }

    @Test
    void aProxyThatDeniesIsNamed() throws IOException {
        Map<String, ?> values = Map.of("credentials", "anonymous", "proxyUser", "sea", "proxyPassword", WORD);
        try (StubProxy proxy = new StubProxy(asked -> WHO);
                TestClients clients = through(proxy, values)) {
            StorageDeniedException e = fails(StorageDeniedException.class, clients);
            assertTrue(e.getMessage().contains(" is denied by the proxy, set proxyUser"), e::getMessage);
        }
    }

    @Test
    void anotherAccountIsAskedForWithOnesOwnToken() throws IOException {
        String token = StubProxy.answer(
                "200 OK",
                "Content-Type: application/json\r\n",
                "{\"access_token\": \"" + WORD + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}");
        TestKey key = TestKey.of("own@example.com", "http://tokens.invalid/token");
        Map<String, ?> values =
                Map.of("credentials", "keyJson", "keyJson", key.json(), "impersonate", "other@example.com");
        try (StubProxy proxy = new StubProxy(asked -> asked.line().startsWith("POST") ? token : NOWHERE);
                TestClients clients = through(proxy, values)) {
            fails(NotDoneException.class, clients);
            assertEquals(
                    List.of(
                            "POST http://tokens.invalid/token HTTP/1.1",
                            "CONNECT iamcredentials.googleapis.com:443 HTTP/1.1"),
                    proxy.asked().stream().map(StubProxy.Asked::line).toList());
        }
    }
}
