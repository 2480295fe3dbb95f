package org.seawall.filesystem.azure;

import java.net.URI;
import java.util.Locale;
import org.seawall.StorageDeniedException;

/**
 * A storage account.
 *
 * @param name its name
 * @param endpoint the URL of its blobs, without a slash at the end
 */
record AzureAccount(String name, String endpoint) {

    /** An account where Azure has it. */
    static AzureAccount named(String name) {
        checkName(name);
        return new AzureAccount(name, "https://" + name + ".blob.core.windows.net");
    }

    /** An account at an endpoint of its own; without a name the endpoint's is taken. */
    static AzureAccount at(String endpoint, String name) {
        URI uri = uri(endpoint);
        String found = name.isEmpty() ? nameIn(uri) : name;
        checkName(found);
        return new AzureAccount(found, endpoint.replaceAll("/+$", ""));
    }

    /** The account that a host belongs to, such as {@code account.dfs.core.windows.net} or just {@code account}. */
    static AzureAccount host(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        if (dot < 0) {
            return named(lower);
        }
        String name = lower.substring(0, dot);
        checkName(name);
        return new AzureAccount(name, "https://" + lower.replaceFirst("\\.dfs\\.", ".blob."));
    }

    /** What is only sent where nobody reads along. */
    void requireHttps(String what) {
        if (!endpoint.startsWith("https:")) {
            throw new StorageDeniedException("endpoint has to be https for " + what + ", endpoint=" + endpoint);
        }
    }

    private static URI uri(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            // without the cause, which quotes what may hold a signature
            throw notAnEndpoint();
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
            throw notAnEndpoint();
        }
        return uri;
    }

    private static IllegalArgumentException notAnEndpoint() {
        return new IllegalArgumentException(
                "endpoint is not a URL of blobs, expected=https://account.blob.core.windows.net without user or query");
    }

    /** The first part of the path, as emulators have it, or of the host. */
    private static String nameIn(URI uri) {
        String path = uri.getPath().replaceAll("^/+|/+$", "");
        return path.isEmpty() ? uri.getHost().split("\\.", 2)[0] : path.split("/", 2)[0];
    }

    private static void checkName(String name) {
        if (!name.matches("[a-z0-9-]{3,63}")) {
            throw new IllegalArgumentException(
                    "not the name of a storage account, expected=3 to 24 lower-case letters and digits, account="
                            + name);
        }
    }
}
