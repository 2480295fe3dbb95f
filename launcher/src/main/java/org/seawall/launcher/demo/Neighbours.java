package org.seawall.launcher.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The truth about nearest neighbours: every vector is compared. */
final class Neighbours {
    /** Distances that differ by less are the same: a search may add up in another order. */
    private static final double TOLERANCE = 1e-5;

    private Neighbours() {}

    /** Rows of an .ivecs file: an int32 count and that many int32, little-endian. */
    static List<int[]> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<int[]> rows = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int[] row = new int[bytes.getInt()];
            bytes.asIntBuffer().get(row);
            bytes.position(bytes.position() + row.length * Integer.BYTES);
            rows.add(row);
        }
        return rows;
    }

    /** Whether rows are the nearest to a query, nearest first; of rows that are equally near any will do. */
    static boolean areNearest(Vectors vectors, float[] query, int[] rows, int count) {
        double[] distances = vectors.all().stream()
                .mapToDouble(row -> distance(row, query))
                .sorted()
                .limit(count)
                .toArray();
        if (rows.length != distances.length || Arrays.stream(rows).distinct().count() != rows.length) {
            return false;
        }
        for (int i = 0; i < rows.length; i++) {
            double found = distance(vectors.row(rows[i]), query);
            if (Math.abs(found - distances[i]) > TOLERANCE * Math.max(1, distances[i])) {
                return false;
            }
        }
        return true;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
