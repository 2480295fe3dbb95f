package org.seawall.testkit.proxy;

/**
 * A request as the proxy sees it.
 *
 * @param number counted from 1, over all connections
 * @param method such as {@code PUT}
 * @param path what follows the method, with the query
 */
public record ProxiedRequest(long number, String method, String path) {}
