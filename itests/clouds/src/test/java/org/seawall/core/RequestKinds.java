package org.seawall.core;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seawall.testkit.proxy.ProxiedRequest;
import org.seawall.testkit.proxy.ProxyFault;
import org.seawall.testkit.proxy.ProxyFaults;

/** Lets every request pass, and counts them by what they are for, on each of the three stores. Safe for use by several threads. */
final class RequestKinds implements ProxyFaults {

    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public synchronized ProxyFault next(ProxiedRequest request) {

        counts.merge(kind(request.method(), request.path()), 1L, Long::sum);
        return ProxyFault.NONE;
    }

    private static String kind(String method, String path) {
        return switch (method) {
            case "PUT" -> "write";
            case "DELETE" -> "delete";
            case "HEAD" -> "look up";
            case "POST" -> path.startsWith("/upload/") ? "write" : "delete";
            default -> read(path);
        };
    }

    /** Google looks an object up with the method of a read. */
    private static String read(String path) {
        if (path.contains("list-type=2") || path.contains("comp=list") || path.matches("/storage/v1/b/[^/]+/o\\?.*")) {
            return "list";
        }
        return path.startsWith("/storage/") && !path.contains("alt=media") ? "look up" : "read";
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    synchronized long of(String kind) {
        return counts.getOrDefault(kind, 0L);
    }

    synchronized void forget() {
        counts.clear();
    }

    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(", "));
    }
}
