package org.seawall.itests.process;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** An {@code .fvecs} file that grows, of rows that are not kept in memory: each follows from its number. */
final class Rows {
    private final Path file;
    private final int dimension;
    private long count;

    Rows(Path file, int dimension) {
        this.file = file;
        this.dimension = dimension;
    }

    Path file() {
        return file;
    }

    int dimension() {
        return dimension;
    }

    long count() {
        return count;
    }

    float[] row(long number) {
        Random random = new Random(number);
        float[] row = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            row[i] = random.nextFloat() - 0.5f;
        }
        return row;
    }

    void growTo(long wanted) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16))) {
            for (; count < wanted; count++) {
                out.writeInt(Integer.reverseBytes(dimension));
                for (float component : row(count)) {
                    out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(component)));
                }
            }
        }
    }
}
