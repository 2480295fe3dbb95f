package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;

/**
 * What {@code wal:tail --json} and {@code wal:status --json} printed of a collection that a file of rows was loaded into.
 *
 * @param entries how many entries there were: the file's first rows, each once and in order
 * @param tornTails how many times the status told of a torn tail
 */
record Printed(long entries, int tornTails) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads it line by line and deletes it then: a long campaign prints more than a disk holds. */
    static Printed by(Running running, Rows rows) throws IOException {
        long entries = 0;
        int tornTails = 0;
        try (BufferedReader lines = Files.newBufferedReader(running.out())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last line of a process that was killed may be cut off
                if (line.startsWith("{") && line.endsWith("}")) {
                    assertIsRow(entries, rows.row(entries), JSON.readTree(line));
                    entries++;
                } else if (line.startsWith("[") && line.endsWith("]")) {
                    tornTails += torn(JSON.readTree(line)) ? 1 : 0;
                }
            }
        }
        Files.delete(running.out());
        return new Printed(entries, tornTails);
    }

    private static void assertIsRow(long row, float[] expected, JsonNode entry) {
        assertEquals(row + 1, entry.get("sequence").longValue());
        assertEquals(Long.toString(row), entry.get("id").textValue());
        assertEquals("put", entry.get("operation").textValue());
        JsonNode actual = entry.get("vector");
        assertEquals(expected.length, actual.size());
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual.get(i).floatValue()) {
                assertEquals(expected[i], actual.get(i).floatValue(), "row=" + row + ", component=" + i);
            }
        }
    }

    private static boolean torn(JsonNode logs) {
        JsonNode recovery = logs.get(0).get("collections").get(0).get("recovery");
        String verdict = recovery.get("verdict").textValue();
        assertTrue(Set.of("complete", "torn-tail").contains(verdict), recovery::toString);
        return verdict.equals("torn-tail");
    }
}
