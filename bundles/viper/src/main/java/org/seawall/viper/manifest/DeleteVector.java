package org.seawall.viper.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Which rows of a part are deleted or replaced: a bit for each row. Never changed, in memory nor on storage, where one file holds one
 * vector: int magic, int version, int rows, int length of the part's name, the name, the words, CRC-32C of all before; little-endian.
 */
public final class DeleteVector {
    private static final int MAGIC = 0x31564453;
    private static final int VERSION = 1;
    private static final int MIN_BYTES = 20;

    private final String part;
    private final int rows;
    private final long[] words;

    private DeleteVector(String part, int rows, long[] words) {
        this.part = part;
        this.rows = rows;
        this.words = words;
    }

    /**
     * A vector without a row.
     *
     * @param part the part's name
     * @param rows rows of the part
     * @return an empty vector
     */
    public static DeleteVector none(String part, int rows) {
        return new DeleteVector(part, rows, new long[rows + 63 >>> 6]);
    }

    /**
     * This vector with more rows.
     *
     * @param more rows of the part, of which some may be in it
     * @return a copy
     */
    public DeleteVector with(List<Integer> more) {
        long[] copy = words.clone();
        for (int row : more) {
            if (row < 0 || row >= rows) {
                throw new IllegalArgumentException("row that the part does not have, row=" + row + ", rows=" + rows);
            }
            copy[row >>> 6] |= 1L << row;
        }
        return new DeleteVector(part, rows, copy);
    }

    /**
     * Whether a row is deleted.
     *
     * @param row the row
     * @return true if it is
     */
    public boolean has(int row) {
        return (words[row >>> 6] >>> row & 1) != 0;
    }

    /** A copy of the bits, 64 rows a word. */
    public long[] words() {
        return words.clone();
    }

    /** How many rows are deleted. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /**
     * Writes it. On return it is durable.
     *
     * @param files where
     * @param file its name, which nobody else uses
     * @throws IOException if the storage fails
     */
    public void write(FileSystem files, Location file) throws IOException {
        byte[] name = part.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(MIN_BYTES + name.length + 8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(rows).putInt(name.length).put(name);
        for (long word : words) {
            bytes.putLong(word);
        }
        bytes.putInt(checksum(bytes.array(), bytes.position())).flip();
        files.create(file, List.of(bytes));
    }

    /**
     * Reads one.
     *
     * @param input the file
     * @param part which part it is to be of
     * @param rows how many rows that has
     * @return the vector
     * @throws LogCorruptException if it is damaged, or of another part; names the file
     * @throws LogFormatException if it is of a later version
     * @throws IOException if the storage fails
     */
    public static DeleteVector read(FileInput input, String part, int rows) throws IOException {
        String file = input.location().toString();
        DeleteVector vector = none(part, rows);
        byte[] name = part.getBytes(StandardCharsets.UTF_8);
        int length = MIN_BYTES + name.length + 8 * vector.words.length;
        if (input.size() != length) {
            throw new LogCorruptException(
                    "length of a delete vector", Integer.toString(length), Long.toString(input.size()), 0, file);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        input.read(0, bytes);
        int expected = bytes.getInt(length - 4);
        int actual = checksum(bytes.array(), length - 4);
        if (actual != expected) {
            throw new LogCorruptException(
                    "checksum of a delete vector",
                    Integer.toHexString(expected),
                    Integer.toHexString(actual),
                    length - 4L,
                    file);
        }
        bytes.flip();
        int magic = bytes.getInt();
        int version = bytes.getInt();
        if (magic == MAGIC && version != VERSION) {
            throw new LogFormatException(version, VERSION, VERSION, file);
        }
        boolean same = magic == MAGIC && bytes.getInt() == rows && bytes.getInt() == name.length;
        byte[] found = new byte[name.length];
        if (same) {
            bytes.get(found);
        }
        if (!same || !part.equals(new String(found, StandardCharsets.UTF_8))) {
            throw new LogCorruptException("delete vector of another part", part + " x " + rows, "another", 0, file);
        }
        bytes.asLongBuffer().get(vector.words);
        return vector;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
