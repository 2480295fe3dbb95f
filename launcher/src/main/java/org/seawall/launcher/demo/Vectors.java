package org.seawall.launcher.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows of one dimension; an .fvecs file has an int32 dimension and that many float32, little-endian, for each row. */
record Vectors(List<float[]> all) {
    private static final int CLUSTERS = 20;
    private static final float SPREAD = 0.1f;

    int rows() {
        return all.size();
    }

    int dimension() {
        return all.get(0).length;
    }

    float[] row(int index) {
        return all.get(index);
    }

    /** Points around a few centres, the same for the same seed. */
    static Vectors clustered(int rows, int dimension, int seed) {
        Random random = new Random(seed);
        List<float[]> centres = new ArrayList<>();
        for (int i = 0; i < CLUSTERS; i++) {
            centres.add(around(new float[dimension], 1, random));
        }
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            points.add(around(centres.get(random.nextInt(CLUSTERS)), SPREAD, random));
        }
        return new Vectors(points);
    }

    /** Points near some of these. */
    Vectors near(int count, int seed) {
        Random random = new Random(seed);
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(around(all.get(random.nextInt(all.size())), SPREAD / 2, random));
        }
        return new Vectors(points);
    }

    private static float[] around(float[] centre, float spread, Random random) {
        float[] point = new float[centre.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = centre[i] + spread * (float) random.nextGaussian();
        }
        return point;
    }

    static Vectors read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> rows = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int dimension = bytes.remaining() < Integer.BYTES ? 0 : bytes.getInt();
            if (dimension < 1 || (long) dimension * Float.BYTES > bytes.remaining()) {
                throw new DemoException("not an .fvecs file, row=" + rows.size() + ", file=" + file);
            }
            float[] row = new float[dimension];
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + dimension * Float.BYTES);
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new DemoException("no vectors, file=" + file);
        }
        return new Vectors(rows);
    }

    void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (float[] row : all) {
                ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + row.length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.putInt(row.length).asFloatBuffer().put(row);
                out.write(bytes.array());
            }
        }
    }
}
