package org.seawall.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo calls recovered, acknowledged and nearest. */
class RecoveredTest {
    private static final Vectors ROWS = new Vectors(List.of(new float[] {1, 0.1f}, new float[] {-2, 1e-9f}));
    private static final String FIRST = line(1, 0, "1.0,0.1");
    private static final String SECOND = line(2, 1, "-2.0,1.0E-9");

    @TempDir
    private Path directory;

    private static String line(int sequence, int id, String vector) {
        return "{\"sequence\":" + sequence + ",\"operation\":\"put\",\"id\":\"" + id
                + "\",\"timestamp\":\"2026-11-01T00:00:00Z\",\"vector\":[" + vector + "]}\n";
    }

    private long read(long first, String... lines) throws Exception {
        Path file = Files.writeString(directory.resolve("tail"), String.join("", lines));
        return Recovered.read(file, ROWS, first).entries();
    }

    @Test
    void theRowsInTheirOrderAreRecovered() throws Exception {
        assertEquals(2, read(1, FIRST, SECOND));
        assertEquals(1, read(2, "ingested 1 vectors\n", SECOND, "1 query\n"));
        assertEquals(0, read(1));
    }

    @Test
    void anythingElseIsNot() {
        assertThrows(DemoException.class, () -> read(1, SECOND));
        assertThrows(DemoException.class, () -> read(1, FIRST, FIRST));
        assertThrows(DemoException.class, () -> read(1, FIRST, line(2, 0, "1.0,0.1")));
        assertThrows(DemoException.class, () -> read(1, line(1, 0, "1.0,0.10001")));
        assertThrows(DemoException.class, () -> read(1, FIRST, SECOND, line(3, 2, "1.0,0.1")));
        assertThrows(DemoException.class, () -> read(1, "{\"sequence\":1}"));
    }

    @Test
    void aLineOfTheAcknowledgementsCountsOnceItIsWhole() throws Exception {
        AckLog acknowledged = new AckLog(directory.resolve("acknowledged"));
        assertEquals(0, acknowledged.entries());
        Files.writeString(acknowledged.file(), "1 10\n11 20\n21 3");
        assertEquals(20, acknowledged.entries());
    }

    @Test
    void vectorsAreReadAsTheyWereWritten() throws Exception {
        Vectors made = Vectors.clustered(7, 3, 42);
        made.write(directory.resolve("made.fvecs"));
        Vectors read = Vectors.read(directory.resolve("made.fvecs"));
        assertEquals(7, read.rows());
        for (int row = 0; row < 7; row++) {
            assertArrayEquals(made.row(row), read.row(row));
        }
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws Exception {
        Path file = directory.resolve("cut.fvecs");
        Files.write(file, new byte[] {4, 0, 0, 0, 1, 2});
        assertThrows(DemoException.class, () -> Vectors.read(file));
        assertThrows(DemoException.class, () -> Vectors.read(Files.write(file, new byte[0])));
    }

    @Test
    void onlyTheNearestAreTheNearest() {
        Vectors vectors = new Vectors(
                List.of(new float[] {0}, new float[] {1}, new float[] {3}, new float[] {-1}, new float[] {10}));
        float[] query = {0};
        assertTrue(Neighbours.areNearest(vectors, query, new int[] {0, 1, 3}, 3));
        assertTrue(Neighbours.areNearest(vectors, query, new int[] {0, 3, 1}, 3));
        assertFalse(Neighbours.areNearest(vectors, query, new int[] {0, 1, 2}, 3));
        assertFalse(Neighbours.areNearest(vectors, query, new int[] {0, 1, 1}, 3));
        assertFalse(Neighbours.areNearest(vectors, query, new int[] {1, 0, 3}, 3));
        assertFalse(Neighbours.areNearest(vectors, query, new int[] {0, 1}, 3));
    }
}
