package org.seawall.launcher.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The list of acknowledgements that an ingest keeps: a line {@code first last} of sequences for each batch. */
record AckLog(Path file) {

    /** How many entries are acknowledged by now. A last line without its end does not count. */
    long entries() throws IOException {
        if (Files.notExists(file)) {
            return 0;
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .mapToLong(AckLog::count)
                .sum();
    }

    private static long count(String line) {
        int space = line.indexOf(' ');
        return Long.parseLong(line.substring(space + 1)) - Long.parseLong(line.substring(0, space)) + 1;
    }
}
