package org.seawall.testkit.proxy;

/** What becomes of a request on its way. */
public enum ProxyFault {
    /** It is forwarded, and so is its answer. */
    NONE,
    /** It waits before it is forwarded, {@link FaultProxy#delay}. */
    DELAY,
    /** The connection is closed; the server has seen nothing. */
    CLOSE_BEFORE,
    /** The server gets half of the request's body, then both connections are closed. A request without a body is not sent. */
    CUT_REQUEST,
    /** The server has answered, and so has done it; the connection is closed before the client sees a byte of the answer. */
    CLOSE_AFTER,
    /** The client gets the answer's head and half of its body, then the connection is closed. */
    CUT_ANSWER,
    /** The proxy answers 503 in the server's place, code {@code SlowDown}. */
    SLOW_DOWN,
    /** The proxy answers 429 in the server's place. */
    TOO_MANY_REQUESTS
}
