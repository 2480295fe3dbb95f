package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which {@code wal:ingest} keeps what was acknowledged, a line {@code first last} for each batch. */
record AckLog(Path file, int batch) {

    long lines() {
        try {
            return Files.exists(file)
                    ? Files.readString(file).chars().filter(c -> c == '\n').count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest sequence that was acknowledged, once it is held that every line is one whole batch behind the others. */
    long lastSequence() throws IOException {
        long last = 0;
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            String[] ends = line.split(" ");
            long first = Long.parseLong(ends[0]);
            assertTrue(first > last, () -> "acknowledged twice: " + line);
            assertEquals(1, first % batch, () -> "not a batch: " + line);
            last = Long.parseLong(ends[1]);
            assertEquals(first + batch - 1, last, () -> "not a batch: " + line);
        }
        return last;
    }
}
