package org.seawall.shell.input;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seawall.files.MalformedFileException;
import org.seawall.files.MalformedFileException.Place;

/** Files of whole numbers: an int32 count and that many int32, little-endian, for each row. */
public final class Ivecs {
    private static final int MAX_COUNT = 1 << 20;

    private Ivecs() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its rows
     */
    public static List<int[]> read(Path file) throws IOException {
        List<int[]> rows = new ArrayList<>();
        try (ByteSource source = new ByteSource(file)) {
            while (source.remaining() > 0) {
                Place place = new Place(rows.size(), source.position());
                need(Integer.BYTES, source, place);
                int count = source.ahead(Integer.BYTES).getInt();
                if (count < 0 || count > MAX_COUNT) {
                    throw new MalformedFileException(
                            "count out of range, expected 0 to " + MAX_COUNT + ", count=" + count, place, file);
                }
                need(count * Integer.BYTES, source, place);
                int[] row = new int[count];
                ByteBuffer bytes = source.ahead(count * Integer.BYTES);
                for (int i = 0; i < count; i++) {
                    row[i] = bytes.getInt();
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * Writes a file.
     *
     * @param file the file; replaced if it exists
     * @param rows its rows
     */
    public static void write(Path file, List<int[]> rows) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int[] row : rows) {
                ByteBuffer bytes =
                        ByteBuffer.allocate((row.length + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putInt(row.length);
                for (int value : row) {
                    bytes.putInt(value);
                }
                out.write(bytes.array());
            }
        }
    }

    private static void need(int bytes, ByteSource source, Place place) throws IOException {
        if (source.remaining() < bytes) {
            throw new MalformedFileException(
                    "file ends within a row, expected=" + bytes + " bytes, actual=" + source.remaining(),
                    place,
                    source.file());
        }
    }
}
