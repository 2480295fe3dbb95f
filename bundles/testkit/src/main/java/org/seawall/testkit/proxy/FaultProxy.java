package org.seawall.testkit.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server of plain HTTP/1.1, counts requests and lets some go wrong. Each request is read whole, then
 * {@link ProxyFaults} say what becomes of it, then it is forwarded as it is: heads are not changed, so signatures stay good. What a
 * client sees of a fault is a closed connection, half an answer, or an answer of the proxy's own.
 *
 * <p>Safe for use by several threads. Settings take effect at the next request. Bodies are held in memory.
 */
public final class FaultProxy implements AutoCloseable {

    private final URI server;
    private final ServerSocket socket;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> methods = new TreeMap<>();
    private final Map<ProxyFault, Long> done = new EnumMap<>(ProxyFault.class);
    private ProxyFaults faults = ProxyFaults.NONE;
    private Duration latency = Duration.ZERO;
    private Duration delay = Duration.ofMillis(100);
    private long requests;
    private long broken;
    private volatile boolean closed;

    private FaultProxy(URI server, ServerSocket socket) {
        this.server = server;
        this.socket = socket;
    }

    /**
     * Opens a proxy on a free port of this machine. Nothing goes wrong until {@link #faults} is set.
     *
     * @param server an {@code http} URL with host and port
     * @return the proxy, which is to be closed
     * @throws IOException if there is no port
     */
    public static FaultProxy before(URI server) throws IOException {
        FaultProxy proxy = new FaultProxy(server, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        thread("accept", proxy::accept).start();
        return proxy;
    }

    /**
     * Where clients connect to.
     *
     * @return an {@code http} URL with host and port
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /**
     * Sets what goes wrong from the next request on.
     *
     * @param next decides for each request
     */
    public synchronized void faults(ProxyFaults next) {
        faults = next;
    }

    /**
     * Sets what every request waits, besides its fault.
     *
     * @param time how long
     */
    public synchronized void latency(Duration time) {
        latency = time;
    }

    /**
     * Sets what {@link ProxyFault#DELAY} waits.
     *
     * @param time how long; 100 ms if it is not set
     */
    public synchronized void delay(Duration time) {
        delay = time;
    }

    /**
     * How many requests came, whatever became of them.
     *
     * @return the count since the begin or {@link #forget}
     */
    public synchronized long requests() {
        return requests;
    }

    /**
     * How many requests came, by method.
     *
     * @return a copy
     */
    public synchronized Map<String, Long> methods() {
        return Map.copyOf(methods);
    }

    /**
     * What became of the requests.
     *
     * @return a copy
     */
    public synchronized Map<ProxyFault, Long> outcomes() {
        return Map.copyOf(done);
    }

    /**
     * How many connections broke without the proxy wanting it.
     *
     * @return the count since the begin
     */
    public synchronized long brokenConnections() {
        return broken;
    }

    /** Counts anew from nothing. */
    public synchronized void forget() {
        requests = 0;
        methods.clear();
        done.clear();
    }

    synchronized ProxyFault fault(HttpMessage request) {
        requests++;
        methods.merge(request.method(), 1L, Long::sum);
        ProxyFault fault = faults.next(new ProxiedRequest(requests, request.method(), request.path()));
        done.merge(fault, 1L, Long::sum);
        return fault;
    }

    void await(ProxyFault fault) throws IOException {
        Duration time;
        synchronized (this) {
            time = fault == ProxyFault.DELAY ? latency.plus(delay) : latency;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IOException("proxy is closed", e);
        }
    }

    Socket connect() throws IOException {
        Socket connection = new Socket(server.getHost(), server.getPort());
        connection.setTcpNoDelay(true);
        return connection;
    }

    synchronized void broken() {
        broken++;
    }

    void ended(ProxyConnection connection) {
        connections.remove(connection);
    }

    /** A connection that cannot be closed is closed by its other end. */
    void closeQuietly(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            broken();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                ProxyConnection connection = new ProxyConnection(this, client);
                connections.add(connection);
                thread("connection", connection).start();
            } catch (IOException e) {
                if (!closed) {
                    broken();
                }
            }
        }
        connections.forEach(ProxyConnection::close);
    }

    private static Thread thread(String name, Runnable body) {
        Thread thread = new Thread(null, body, "seawall-testkit-proxy-" + name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Closes the port and all connections. Closing it again does nothing. */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        connections.forEach(ProxyConnection::close);
    }
}
