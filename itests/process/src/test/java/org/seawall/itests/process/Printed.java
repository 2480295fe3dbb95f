package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code wal:tail --json} and {@code wal:status --json} printed of a collection that a file of rows was loaded into.
 *
 * @param entries how many entries there were: the file's first rows, each once and in order
 * @param statuses what the status said of the collection, each time
 * @param lines what else was printed
 */
record Printed(long entries, List<JsonNode> statuses, List<String> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTION = "v";

    /** Reads it line by line and deletes it then: a long campaign prints more than a disk holds. */
    static Printed by(Running running, Rows rows) throws IOException {
        long entries = 0;
        List<JsonNode> statuses = new ArrayList<>();
        List<String> others = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(running.out())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the last line of a process that was killed may be cut off
                if (line.startsWith("{") && line.endsWith("}")) {
                    assertIsRow(entries, rows.row(entries), JSON.readTree(line));
                    entries++;
                } else if (line.startsWith("[") && line.endsWith("]")) {
                    statuses.add(status(JSON.readTree(line).get(0)));
                } else {
                    others.add(line);
                }
            }
        }
        Files.delete(running.out());
        return new Printed(entries, statuses, others);
    }

    /** What the status of a log says of the collection. */
    static JsonNode status(JsonNode log) {
        for (JsonNode collection : log.get("collections")) {
            if (collection.get("name").textValue().equals(COLLECTION)) {
                return collection;
            }
        }
        throw new AssertionError("no collection, name=" + COLLECTION + ", status=" + log);
    }

    /** How many times the status told of a torn tail; it tells of nothing worse. */
    int tornTails() {
        int torn = 0;
        for (JsonNode status : statuses) {
            JsonNode recovery = status.get("recovery");
            String verdict = recovery.get("verdict").textValue();
            assertTrue(Set.of("complete", "torn-tail").contains(verdict), recovery::toString);
            torn += verdict.equals("torn-tail") ? 1 : 0;
        }
        return torn;
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
}
