package org.seawall.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1 as its bytes.
 *
 * @param lines the head: the first line and the headers
 * @param body as it was sent, chunks with their lengths
 * @param last whether its end was that of the connection
 */
record HttpMessage(List<String> lines, byte[] body, boolean last) {

    private static final int MOST_HEAD_BYTES = 1 << 20;

    /** What follows a head. */
    private enum Body {
        NONE,
        AS_FRAMED,
        UNTIL_CLOSED
    }

    /** Reads a request; empty if the connection ended before it began. The body is asked for, if the client waits. */
    static Optional<HttpMessage> request(InputStream in, Runnable goOn) throws IOException {
        List<String> lines = head(in);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (header(lines, "expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
            goOn.run();
            lines = lines.stream()
                    .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("expect:"))
                    .toList();
        }
        return Optional.of(new HttpMessage(lines, body(in, lines, Body.AS_FRAMED), false));
    }

    /** Reads the answer to a request, without what only announces it. */
    static HttpMessage answer(InputStream in, String method) throws IOException {
        while (true) {
            List<String> lines = head(in);
            if (lines.isEmpty()) {
                throw new EOFException("the server has closed the connection before it answered");
            }
            int status = Integer.parseInt(lines.get(0).split(" ")[1]);
            if (status >= 200) {
                boolean none = method.equals("HEAD") || status == 204 || status == 304;
                boolean framed = header(lines, "content-length").isPresent() || chunked(lines);
                Body body = none ? Body.NONE : framed ? Body.AS_FRAMED : Body.UNTIL_CLOSED;
                return new HttpMessage(lines, body(in, lines, body), body == Body.UNTIL_CLOSED);
            }
        }
    }

    static HttpMessage of(String head, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new HttpMessage(List.of((head + "\r\nContent-Length: " + bytes.length).split("\r\n")), bytes, false);
    }

    String method() {
        return lines.get(0).split(" ")[0];
    }

    String path() {
        return lines.get(0).split(" ")[1];
    }

    byte[] head() {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean closes() {
        return last
                || header(lines, "connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    private static Optional<String> header(List<String> lines, String name) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static boolean chunked(List<String> lines) {
        return header(lines, "transfer-encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent();
    }

    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (true) {
            String line = line(in, head);
            if (line.isEmpty()) {
                String text = head.toString(StandardCharsets.ISO_8859_1).strip();
                return text.isEmpty() ? List.of() : List.of(text.split("\r?\n"));
            }
        }
    }

    /** Reads a line and keeps it with its end; empty at an empty line and where nothing comes any more. */
    private static String line(InputStream in, ByteArrayOutputStream kept) throws IOException {
        int begin = kept.size();
        for (int next = in.read(); next >= 0; next = in.read()) {
            kept.write(next);
            if (next == '\n') {
                return kept.toString(StandardCharsets.ISO_8859_1)
                        .substring(begin)
                        .strip();
            }
            if (kept.size() - begin > MOST_HEAD_BYTES) {
                throw new IOException("not HTTP, bytes without a line's end=" + (kept.size() - begin));
            }
        }
        if (kept.size() > 0) {
            throw new EOFException("the connection ended within a message");
        }
        return "";
    }

    private static byte[] body(InputStream in, List<String> lines, Body kind) throws IOException {
        if (kind == Body.NONE) {
            return new byte[0];
        }
        if (kind == Body.UNTIL_CLOSED) {
            return in.readAllBytes();
        }
        if (chunked(lines)) {
            return chunks(in);
        }
        int length = header(lines, "content-length").map(Integer::parseInt).orElse(0);
        return whole(in.readNBytes(length), length);
    }

    private static byte[] whole(byte[] bytes, int length) throws IOException {
        if (bytes.length < length) {
            throw new EOFException(
                    "the connection ended within a body, expected=" + length + ", actual=" + bytes.length);
        }
        return bytes;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String line = line(in, all);
            int length = line.isEmpty() ? 0 : Integer.parseInt(line.split(";")[0].strip(), 16);
            if (length == 0) {
                break;
            }
            all.write(whole(in.readNBytes(length), length));
            line(in, all);
        }
        while (!line(in, all).isEmpty()) {
            // trailers belong to the body
            continue;
        }
        return all.toByteArray();
    }
}
