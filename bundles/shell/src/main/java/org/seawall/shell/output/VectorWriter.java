package org.seawall.shell.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.seawall.LoggedEntry;
import org.seawall.files.EntryOutput;

/**
 * Vectors one behind the other, without their ids: {@code .fvecs}, each with its dimension before it, or {@code .npy} of version 1, a table of
 * {@code <f4} in C order. For one thread.
 */
public final class VectorWriter implements EntryOutput {
    /** With room for any number of rows. */
    private static final int NPY_HEAD_BYTES = 128;

    private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final Path file;
    private final NewFile output;
    private final int dimension;
    private final boolean counted;
    private final ByteBuffer row;
    private long rows;

    private VectorWriter(Path file, int dimension, boolean counted) throws IOException {
        this.file = file;
        this.output = new NewFile(file);
        this.dimension = dimension;
        this.counted = counted;
        this.row = ByteBuffer.allocate((counted ? Integer.BYTES : 0) + dimension * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Begins a file.
     *
     * @param file the file
     * @param dimension of all vectors
     * @return takes them
     */
    public static VectorWriter fvecs(Path file, int dimension) throws IOException {
        return new VectorWriter(file, dimension, true);
    }

    /**
     * Begins a file.
     *
     * @param file the file
     * @param dimension of all vectors
     * @return takes them
     */
    public static VectorWriter npy(Path file, int dimension) throws IOException {
        VectorWriter writer = new VectorWriter(file, dimension, false);
        writer.output.bytes().write(new byte[NPY_HEAD_BYTES]);
        return writer;
    }

    @Override
    public void add(LoggedEntry entry) throws IOException {
        float[] vector = entry.entry().vector();
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "an entry without a vector cannot be in a file of vectors, take .jsonl, id="
                            + entry.entry().id() + ", sequence=" + entry.sequence() + ", file=" + file);
        }
        row.clear();
        if (counted) {
            row.putInt(dimension);
        }
        row.asFloatBuffer().put(vector);
        output.bytes().write(row.array());
        rows++;
    }

    @Override
    public long bytes() {
        return rows * row.capacity();
    }

    @Override
    public long finish() throws IOException {
        if (!counted) {
            output.head(head());
        }
        return output.finish();
    }

    private ByteBuffer head() {
        String words = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + dimension + "), }";
        int bytes = NPY_HEAD_BYTES - NPY_MAGIC.length - Short.BYTES;
        String padded = words + " ".repeat(bytes - 1 - words.length()) + "\n";
        return ByteBuffer.allocate(NPY_HEAD_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NPY_MAGIC)
                .putShort((short) bytes)
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .flip();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
