package org.seawall.launcher.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wal:tail --json} prints, an object a line, compared with the rows that were ingested. Other commands may
 * have printed before and after it.
 */
record Recovered(long entries) {
    private static final Pattern ENTRY =
            Pattern.compile("\\{\"sequence\":(\\d+),.*\"id\":\"(\\d+)\",.*\"vector\":\\[([^\\]]*)\\].*");

    /** Reads entries that must be the rows from one sequence on, each once, without a gap. */
    static Recovered read(Path lines, Vectors rows, long first) throws IOException {
        long next = first;
        try (BufferedReader reader = Files.newBufferedReader(lines)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{")) {
                    check(line, next, rows);
                    next++;
                }
            }
        }
        return new Recovered(next - first);
    }

    private static void check(String line, long sequence, Vectors rows) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw new DemoException("not an entry of the demo: " + line);
        }
        int row = (int) (sequence - 1);
        if (Long.parseLong(entry.group(1)) != sequence || Integer.parseInt(entry.group(2)) != row) {
            throw new DemoException("expected sequence " + sequence + " with id " + row + ", found sequence "
                    + entry.group(1) + " with id " + entry.group(2));
        }
        if (row >= rows.rows() || !Arrays.equals(vector(entry.group(3)), rows.row(row))) {
            throw new DemoException("not the vector that was ingested, sequence=" + sequence);
        }
    }

    private static float[] vector(String text) {
        String[] parts = text.split(",");
        float[] vector = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            vector[i] = Float.parseFloat(parts[i]);
        }
        return vector;
    }
}
