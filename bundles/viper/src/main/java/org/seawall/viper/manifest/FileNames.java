package org.seawall.viper.manifest;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files: {@code 00000003-<UUID>}, where the number is the epoch of the writer, in hexadecimal. A writer that collects garbage
 * tells by it what a later writer is just making.
 */
public final class FileNames {
    /** Ending of a part. */
    public static final String PART = ".parquet";

    /** Ending of a sidecar. */
    public static final String SIDECAR = ".sidecar";

    /** Ending of a delete vector. */
    public static final String DELETES = ".deletes";

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8,16})-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private FileNames() {}

    /**
     * A name that nobody has used.
     *
     * @param epoch of the writer
     * @return a new name, without an ending
     */
    public static String fresh(long epoch) {
        return String.format("%08x-%s", epoch, UUID.randomUUID());
    }

    /**
     * Whose file it is.
     *
     * @param file a file's name with any endings
     * @return the epoch of the writer that named it, or empty if it is none of our names
     */
    public static OptionalLong epoch(String file) {
        int dot = file.indexOf('.');
        Matcher name = NAME.matcher(dot < 0 ? file : file.substring(0, dot));
        return name.matches() ? OptionalLong.of(Long.parseUnsignedLong(name.group(1), 16)) : OptionalLong.empty();
    }

    static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a part, name=" + name);
        }
    }
}
