package org.seawall.itests.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A system call that fails in a running process, from one call on, until it is mended.
 *
 * @param call such as {@code fdatasync}
 * @param error such as {@code EIO}
 * @param nth from which call of a thread on that file on it fails
 * @param file its path below the collection's directory; empty for the directory itself
 */
record Fault(String call, String error, int nth, String file) {
    static final String ACTIVE = "wal_current.avro";
    static final String NEXT = "wal_next.avro";
    static final String DIRECTORY = "";

    private static final String CALLS =
            "open,openat,close,write,writev,pwrite64,pwritev,fsync,fdatasync,ftruncate,link,rename,unlink,mkdir";

    /** What {@code strace} has to be told so that the call fails on any file. */
    List<String> options() {
        // where all links fail the disk is taken for one that has none, and files are moved
        String when = nth + (call.equals("link") ? "" : "+");
        return List.of("-e", "trace=" + CALLS, "-e", "inject=" + call + ":error=" + error + ":when=" + when);
    }

    /** The same for the one file: {@code strace} sees only the calls on it. */
    List<String> options(Path directory) {
        List<String> options = new ArrayList<>(options());
        options.addAll(List.of("-P", directory.resolve(file).toString()));
        if (file.equals(ACTIVE)) {
            // who recovers counts its own calls, so it has to be kept from the file as a whole
            options.addAll(List.of("-e", "inject=openat:error=" + error));
        }
        return options;
    }

    /** What the system says of it. */
    String words() {
        return switch (error) {
            case "EIO" -> "Input/output error";
            case "ENOSPC" -> "No space left on device";
            default -> throw new IllegalArgumentException(error);
        };
    }

    @Override
    public String toString() {
        return call + "-" + error + "-" + nth + "-" + (file.isEmpty() ? "directory" : file);
    }
}
