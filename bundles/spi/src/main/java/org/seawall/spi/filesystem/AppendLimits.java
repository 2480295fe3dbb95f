package org.seawall.spi.filesystem;

/**
 * How much a file takes that grows until it is sealed.
 *
 * @param bytes how many one append has at most; at least 1
 * @param appends how many appends a file takes; at least 1
 */
public record AppendLimits(long bytes, long appends) {
    /** Checks that something can be appended. */
    public AppendLimits {
        if (bytes < 1 || appends < 1) {
            throw new IllegalArgumentException(
                    "limits of appends out of range, bytes=" + bytes + ", appends=" + appends + ", least=1");
        }
    }
}
