package org.seawall.viper.codes;

/**
 * Some vectors that are rotated together: of each component an array with one place per vector, so that each step is the same for all of an
 * array, and the processor does many at once. To the bit what {@link Rotation#apply} does to each of them, in a quarter of the time. For one
 * thread.
 */
final class RotationBlock {
    private static final int MOST_LANES = 64;
    private static final int MOST_FLOATS = 1 << 20;

    private final Rotation rotation;
    private final int lanes;
    private float[][] components;
    private float[][] spare;

    RotationBlock(Rotation rotation) {
        int dimension = rotation.dimension();
        this.rotation = rotation;
        this.lanes = Math.max(8, Math.min(MOST_LANES, MOST_FLOATS / dimension));
        this.components = new float[dimension][lanes];
        this.spare = new float[dimension][];
    }

    /** How many vectors it has room for. */
    int lanes() {
        return lanes;
    }

    /** Puts the difference of two vectors into a lane. */
    void set(int lane, float[] vector, float[] minus) {
        for (int i = 0; i < components.length; i++) {
            components[i][lane] = vector[i] - minus[i];
        }
    }

    /** Takes what is in a lane. */
    void get(int lane, float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = components[i][lane];
        }
    }

    /** Rotates all lanes. */
    void apply() {
        for (int round = 0; round < Rotation.ROUNDS; round++) {
            place(rotation.places(round), rotation.signs(round));
            mix(0);
            if (rotation.block() < components.length) {
                mix(components.length - rotation.block());
            }
        }
    }

    private void place(int[] places, float[] signs) {
        for (int i = 0; i < places.length; i++) {
            float[] component = components[places[i]];
            if (signs[i] < 0) {
                multiply(component, signs[i]);
            }
            spare[i] = component;
        }
        float[][] swap = components;
        components = spare;
        spare = swap;
    }

    /** A Hadamard transform, two steps at a time. */
    private void mix(int begin) {
        int end = begin + rotation.block();
        int step = 1;
        for (; 4 * step <= end - begin; step <<= 2) {
            for (int group = begin; group < end; group += 4 * step) {
                for (int i = group; i < group + step; i++) {
                    twoSteps(components[i], components[i + step], components[i + 2 * step], components[i + 3 * step]);
                }
            }
        }
        if (2 * step <= end - begin) {
            for (int i = begin; i < begin + step; i++) {
                oneStep(components[i], components[i + step]);
            }
        }
        float scale = rotation.scale();
        for (int i = begin; i < end && rotation.block() > 1; i++) {
            multiply(components[i], scale);
        }
    }

    private static void multiply(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static void oneStep(float[] low, float[] high) {
        for (int i = 0; i < low.length; i++) {
            float a = low[i];
            float b = high[i];
            low[i] = a + b;
            high[i] = a - b;
        }
    }

    private static void twoSteps(float[] first, float[] second, float[] third, float[] fourth) {
        for (int i = 0; i < first.length; i++) {
            float a = first[i];
            float b = second[i];
            float c = third[i];
            float d = fourth[i];
            float p = a + b;
            float q = a - b;
            float r = c + d;
            float s = c - d;
            first[i] = p + r;
            second[i] = q + s;
            third[i] = p - r;
            fourth[i] = q - s;
        }
    }
}
