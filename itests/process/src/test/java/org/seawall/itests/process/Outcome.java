package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process left behind.
 *
 * @param status its exit status
 * @param out the lines of its standard output; the last one may be cut off if it was killed
 * @param err the lines of its standard error
 */
record Outcome(int status, List<String> out, List<String> err) {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int KILLED = 128 + 9;
    static final int TERMINATED = 128 + 15;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Holds that all commands worked and nobody complained. */
    Outcome assertOk() {
        assertEquals(List.of(), err);
        assertEquals(OK, status);
        return this;
    }

    /** The lines that are JSON objects. */
    List<JsonNode> objects() {
        return json("{");
    }

    /** The lines that are JSON arrays. */
    List<JsonNode> arrays() {
        return json("[");
    }

    private List<JsonNode> json(String begin) {
        List<JsonNode> values = new ArrayList<>();
        for (String line : out) {
            if (line.startsWith(begin)) {
                values.add(parse(line));
            }
        }
        return values;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
