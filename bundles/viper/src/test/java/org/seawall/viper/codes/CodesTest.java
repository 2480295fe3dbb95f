package org.seawall.viper.codes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.catalog.Metric;

class CodesTest {
    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 100, 768, 784, 1536})
    void aRotationKeepsLengthsAndAngles(int dimension) {
        Rotation rotation = new Rotation(dimension, 9);
        float[] a = drawn(dimension);
        float[] b = drawn(dimension);
        float[] turnedA = new float[dimension];
        float[] turnedB = new float[dimension];
        double before = dot(a, b);
        double length = dot(a, a);
        rotation.apply(a.clone(), turnedA);
        rotation.apply(b.clone(), turnedB);
        assertEquals(length, dot(turnedA, turnedA), 1e-4 * length);
        assertEquals(before, dot(turnedA, turnedB), 1e-4 * length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 100, 768, 1536})
    void manyAreRotatedTogetherToTheSameBits(int dimension) {
        Rotation rotation = new Rotation(dimension, 9);
        RotationBlock block = new RotationBlock(rotation);
        for (int round = 0; round < 2; round++) {
            float[][] vectors = new float[block.lanes()][];
            float[] minus = drawn(dimension);
            for (int lane = 0; lane < vectors.length; lane++) {
                vectors[lane] = drawn(dimension);
                block.set(lane, vectors[lane], minus);
            }
            block.apply();
            for (int lane = 0; lane < vectors.length; lane++) {
                float[] difference = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    difference[i] = vectors[lane][i] - minus[i];
                }
                float[] expected = new float[dimension];
                rotation.apply(difference, expected);
                float[] turned = new float[dimension];
                block.get(lane, turned);
                assertEquals(Arrays.toString(expected), Arrays.toString(turned), "lane " + lane);
            }
        }
    }

    @Test
    void aRotationSpreadsOneComponentOverAll() {
        float[] one = new float[768];
        one[700] = 1;
        float[] turned = new float[768];
        new Rotation(768, 3).apply(one, turned);
        double largest = IntStream.range(0, 768)
                .mapToDouble(i -> Math.abs(turned[i]))
                .max()
                .orElseThrow();
        assertTrue(largest < 0.2, "largest=" + largest);
    }

    /** Codes on storage depend on it. */
    @Test
    void aRotationIsTheSameForEver() {
        float[] counted = new float[6];
        for (int i = 0; i < 6; i++) {
            counted[i] = i + 1;
        }
        float[] turned = new float[6];
        new Rotation(6, 42).apply(counted, turned);
        assertEquals("[-1.25, -0.75, 2.75, 6.0, 6.25, -2.5]", Arrays.toString(turned));
    }

    @ParameterizedTest
    @EnumSource
    void estimatesAreNearTheRanks(Metric metric) {
        int dimension = 256;
        int rows = 200;
        float[] centre = drawn(dimension);
        float[][] vectors = new float[rows][];
        CodesBuilder builder = new CodesBuilder(metric, centre, 11);
        for (int i = 0; i < rows; i++) {
            vectors[i] = drawn(dimension);
            for (int j = 0; j < dimension; j++) {
                vectors[i][j] += centre[j];
            }
            builder.add(vectors[i]);
        }
        Codes codes = builder.build();
        float[] query = vectors[17].clone();
        for (int j = 0; j < dimension; j++) {
            query[j] += 0.3f * (float) random.nextGaussian();
        }
        CodeQuery prepared = new CodeQuery(query, codes);
        double unit = metric == Metric.COSINE ? 1 / Math.sqrt(dot(centre, centre)) : 1;
        double errors = 0;
        for (int i = 0; i < rows; i++) {
            double exact = rank(metric, query, vectors[i]);
            double estimate = prepared.rank(codes, i);
            // one bit a component: far off for one row, right for all together
            assertEquals(exact, estimate, 150 * unit, "row " + i);
            errors += estimate - exact;
        }
        assertEquals(0, errors / rows, 10 * unit);
        Selection selection = new Selection(3);
        prepared.scan(codes, new long[0], 0, selection);
        assertTrue(IntStream.range(0, selection.count()).anyMatch(i -> selection.row(i) == 17));
        long[] dead = new long[4];
        dead[0] = 1L << 17;
        Selection without = new Selection(rows);
        prepared.scan(codes, dead, 0, without);
        assertEquals(rows - 1, without.count());
        assertTrue(IntStream.range(0, without.count()).noneMatch(i -> without.row(i) == 17));
    }

    @Test
    void aSelectionKeepsTheSmallestAndOfEqualOnesTheFirst() {
        Selection selection = new Selection(50);
        float[] ranks = new float[1_000];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = random.nextInt(400);
            if (ranks[i] < selection.limit()) {
                selection.add(ranks[i], 3, i);
            }
        }
        float[] sorted = ranks.clone();
        Arrays.sort(sorted);
        assertEquals(50, selection.count());
        double sum = 0;
        for (int i = 0; i < 50; i++) {
            assertEquals(3, selection.part(i));
            sum += ranks[selection.row(i)];
        }
        assertEquals(IntStream.range(0, 50).mapToDouble(i -> sorted[i]).sum(), sum);
    }

    private static double rank(Metric metric, float[] query, float[] row) {
        return switch (metric) {
            case L2 -> dot(query, query) + dot(row, row) - 2 * dot(query, row);
            case COSINE -> -dot(query, row) / Math.sqrt(dot(row, row));
            case DOT -> -dot(query, row);
        };
    }

    private float[] drawn(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
