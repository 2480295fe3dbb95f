package org.example.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/** Entries as lines of JSON. What is asked of one is decoded anew. */
final class LinesBatch implements EncodedBatch {
    private static final int BESIDE = 64;

    private final byte[] bytes;
    private final int[] ends;
    private final int checksum;

    LinesBatch(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
        this.checksum = Seal.checksum(bytes, 0, bytes.length);
    }

    /** Finds the lines again. */
    static LinesBatch read(byte[] bytes) throws IOException {
        IntStream.Builder ends = IntStream.builder();
        for (int end = 0; end < bytes.length; ) {
            end = endOfLine(bytes, end);
            ends.add(end);
        }
        int[] found = ends.build().toArray();
        if (found.length == 0) {
            throw new IOException("batch without entries, bytes=" + bytes.length);
        }
        return new LinesBatch(bytes, found);
    }

    /** Where the line that begins there ends, its line feed included. */
    static int endOfLine(byte[] bytes, int from) throws IOException {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        throw new IOException("line is cut off, begin=" + from + ", bytes=" + bytes.length);
    }

    /** Throws an exception if an entry cannot be decoded. */
    void decodeAll() throws IOException {
        for (int i = 0; i < ends.length; i++) {
            EntryLine.read(bytes, begin(i), entryBytes(i));
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int checksum() {
        return checksum;
    }

    private int begin(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    @Override
    public int count() {
        return ends.length;
    }

    @Override
    public int sizeBytes() {
        return bytes.length + Integer.BYTES * ends.length + BESIDE;
    }

    @Override
    public int entryBytes(int index) {
        return ends[Objects.checkIndex(index, ends.length)] - begin(index);
    }

    @Override
    public Operation operation(int index) {
        return entry(index).operation();
    }

    @Override
    public byte[] id(int index) {
        return entry(index).id().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean idEquals(int index, byte[] utf8) {
        return Arrays.equals(id(index), utf8);
    }

    @Override
    public long expiresAtMillis(int index) {
        return entry(index).expiresAtMillis();
    }

    @Override
    public int dimension(int index) {
        return entry(index).vector().length;
    }

    @Override
    public void vector(int index, float[] target) {
        float[] vector = entry(index).vector();
        System.arraycopy(vector, 0, target, 0, vector.length);
    }

    @Override
    public Entry entry(int index) {
        int length = entryBytes(index);
        try {
            return EntryLine.read(bytes, begin(index), length);
        } catch (IOException e) {
            throw new UncheckedIOException("entry was decoded before, and is not any more, index=" + index, e);
        }
    }
}
