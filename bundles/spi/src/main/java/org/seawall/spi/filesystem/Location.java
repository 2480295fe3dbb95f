package org.seawall.spi.filesystem;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file or directory on a storage: a scheme and a path, such as {@code file:/var/lib/wal} or {@code s3://bucket/wal}. The
 * path is taken literally, without percent decoding. A value; it says nothing about whether anything is there.
 *
 * @param scheme the scheme in lower case, without the colon
 * @param path what follows the colon, without a slash at its end
 */
public record Location(String scheme, String path) {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+");

    /** Checks that both are there. */
    public Location {
        Objects.requireNonNull(scheme, "scheme");
        if (path.isEmpty()) {
            throw new IllegalArgumentException("empty path, scheme=" + scheme);
        }
    }

    /**
     * Parses a URL; text without a scheme is the path of a local file.
     *
     * @param url such as {@code data/wal}, {@code file:///var/lib/wal}, {@code s3://bucket/wal}
     * @return the location
     * @throws IllegalArgumentException if the path is empty, or a file is looked for on a host
     */
    public static Location parse(String url) {
        int colon = url.indexOf(':');
        // one letter before the colon is the drive of a Windows path
        if (colon < 2 || !SCHEME.matcher(url.substring(0, colon)).matches()) {
            return new Location("file", trimmed(url));
        }
        String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
        String path = url.substring(colon + 1);
        if (scheme.equals("file") && path.startsWith("//")) {
            if (!path.startsWith("///")) {
                throw new IllegalArgumentException(
                        "file URL names a host, expected file:///path or file:path, url=" + url);
            }
            path = path.substring(2);
        }
        return new Location(scheme, trimmed(path));
    }

    /**
     * What is directly in this directory under a name.
     *
     * @param name one name, not a path
     * @return the location of the child
     * @throws IllegalArgumentException if the name is empty, {@code .} or {@code ..}, or holds a slash, a backslash or a
     *     NUL, and so could lead out of the directory
     */
    public Location child(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.matches("(?s).*[/\\\\\0].*")) {
            throw new IllegalArgumentException("not the name of a file, name=" + name + ", directory=" + this);
        }
        return new Location(scheme, path.endsWith("/") ? path + name : path + "/" + name);
    }

    /**
     * The last part of the path.
     *
     * @return what follows the last slash
     */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The directory that this is in.
     *
     * @return the location without its last part
     * @throws IllegalArgumentException if there is nothing before the last part
     */
    public Location parent() {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no parent directory, location=" + this);
        }
        return new Location(scheme, slash == 0 ? "/" : path.substring(0, slash));
    }

    @Override
    public String toString() {
        return scheme + ":" + path;
    }

    private static String trimmed(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
