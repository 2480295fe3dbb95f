package org.seawall.testkit.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One client's connection, and the one to the server behind it. Requests of a connection follow one another. */
final class ProxyConnection implements Runnable, AutoCloseable {

    private static final String SLOW_DOWN =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code><Message>slow down</Message></Error>";

    private final FaultProxy proxy;
    private final Socket client;
    private volatile Optional<Socket> server = Optional.empty();

    ProxyConnection(FaultProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    @Override
    public void run() {
        try {
            InputStream in = new BufferedInputStream(client.getInputStream());
            boolean open = true;
            while (open) {
                Optional<HttpMessage> request = HttpMessage.request(in, this::goOn);
                open = request.isPresent() && served(request.get());
            }
        } catch (IOException | UncheckedIOException e) {
            proxy.broken();
        } finally {
            close();
            proxy.ended(this);
        }
    }

    private void goOn() {
        try {
            client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says whether the connection lives on. */
    private boolean served(HttpMessage request) throws IOException {
        ProxyFault fault = proxy.fault(request);
        proxy.await(fault);
        switch (fault) {
            case CLOSE_BEFORE:
                return false;
            case CUT_REQUEST:
                return cut(request);
            case SLOW_DOWN:
                return answered("HTTP/1.1 503 Slow Down");
            case TOO_MANY_REQUESTS:
                return answered("HTTP/1.1 429 Too Many Requests");
            default:
                return forwarded(request, fault);
        }
    }

    /** Half of nothing is the whole request, which would not be cut. */
    private boolean cut(HttpMessage request) throws IOException {
        if (request.body().length > 0) {
            write(server().getOutputStream(), request, request.body().length / 2);
        }
        return false;
    }

    private boolean forwarded(HttpMessage request, ProxyFault fault) throws IOException {
        write(server().getOutputStream(), request, request.body().length);
        HttpMessage answer = HttpMessage.answer(server().getInputStream(), request.method());
        if (fault == ProxyFault.CLOSE_AFTER) {
            return false;
        }
        int length = fault == ProxyFault.CUT_ANSWER ? answer.body().length / 2 : answer.body().length;
        write(client.getOutputStream(), answer, length);
        return fault != ProxyFault.CUT_ANSWER && !answer.closes() && !request.closes();
    }

    private boolean answered(String status) throws IOException {
        HttpMessage answer = HttpMessage.of(status + "\r\nContent-Type: application/xml", SLOW_DOWN);
        write(client.getOutputStream(), answer, answer.body().length);
        return true;
    }

    private static void write(OutputStream out, HttpMessage message, int length) throws IOException {
        out.write(message.head());
        out.write(Arrays.copyOf(message.body(), length));
        out.flush();
    }

    private Socket server() throws IOException {
        if (server.isEmpty()) {
            server = Optional.of(proxy.connect());
        }
        return server.get();
    }

    @Override
    public void close() {
        proxy.closeQuietly(client);
        server.ifPresent(proxy::closeQuietly);
    }
}
