package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Search in a process that has found everything in the log. */
class SearchTest {
    private static final int DIMENSION = 24;
    private static final int K = 10;

    @Test
    void aNewProcessFindsTheTrueNeighboursOfVectorsThatAreOnlyInTheLog() throws Exception {
        Random random = new Random(11);
        Vectors base = Vectors.random(2_000, DIMENSION, random);
        Vectors queries = Vectors.random(50, DIMENSION, random);
        Seawall seawall = Seawall.at("search");
        Path baseFile = base.write(seawall.file("base.fvecs"));
        Path queryFile = queries.write(seawall.file("query.fvecs"));
        Path truth = Vectors.writeNumbers(
                queries.rows().stream().map(query -> nearest(base, query)).toList(), seawall.file("truth.ivecs"));

        seawall.run("wal:create v --dimension " + DIMENSION, "wal:ingest v " + baseFile)
                .assertOk();
        Outcome found = seawall.run("wal:search v --queries " + queryFile + " -k " + K + " --truth " + truth)
                .assertOk();
        assertEquals("recall@10=1.0000", found.out().get(0));
    }

    private static int[] nearest(Vectors base, float[] query) {
        List<Integer> rows =
                new ArrayList<>(IntStream.range(0, base.rows().size()).boxed().toList());
        double[] distances =
                base.rows().stream().mapToDouble(row -> distance(row, query)).toArray();
        rows.sort(Comparator.comparingDouble(row -> distances[row]));
        return rows.stream().limit(K).mapToInt(row -> row).toArray();
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = (double) one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
