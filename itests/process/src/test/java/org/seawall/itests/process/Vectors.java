package org.seawall.itests.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows of floats, and the files of vectors that are made of them. */
record Vectors(List<float[]> rows) {

    static Vectors random(int count, int dimension, Random random) {
        return new Vectors(IntStream.range(0, count)
                .mapToObj(row -> {
                    float[] vector = new float[dimension];
                    for (int i = 0; i < dimension; i++) {
                        vector[i] = (float) random.nextGaussian();
                    }
                    return vector;
                })
                .toList());
    }

    /** Writes an {@code .fvecs} file: each row is its dimension and its components, little-endian. */
    Path write(Path file) throws IOException {
        try (FileChannel channel = create(file)) {
            for (float[] row : rows) {
                ByteBuffer bytes = littleEndian(row.length);
                for (float component : row) {
                    bytes.putFloat(component);
                }
                write(channel, bytes);
            }
        }
        return file;
    }

    /** Writes an {@code .ivecs} file. */
    static Path writeNumbers(List<int[]> rows, Path file) throws IOException {
        try (FileChannel channel = create(file)) {
            for (int[] row : rows) {
                ByteBuffer bytes = littleEndian(row.length);
                for (int number : row) {
                    bytes.putInt(number);
                }
                write(channel, bytes);
            }
        }
        return file;
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static ByteBuffer littleEndian(int count) {
        return ByteBuffer.allocate(4 + 4 * count).order(ByteOrder.LITTLE_ENDIAN).putInt(count);
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
