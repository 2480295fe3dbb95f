package org.seawall.viper.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

/** Rows go into a part and come back, however they are read. */
class PartTest {
    private final MemoryFileSystem files = new MemoryFileSystem();
    private final Location file = Location.parse("memory:/parts/part");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 784, 5_000})
    void everyRowComesBackHoweverItIsRead(int dimension) throws IOException {
        // several pages, and at 5,000 dimensions several row groups
        List<Row> rows = rows(dimension, dimension == 5_000 ? 1_800 : 700);
        write(dimension, rows);
        try (PartReader part = PartReader.open(files.open(file))) {
            assertEquals(rows.size(), part.table().rows());
            assertEquals(rows.size() - 3, part.table().vectors());
            RowReader sequential = RowReader.sequential(part);
            for (int i = 0; i < rows.size(); i++) {
                assertEquals(rows.get(i), sequential.row(i));
            }
            Random random = new Random(1);
            RowReader here = new RowReader(part);
            for (int i = 0; i < 100; i++) {
                int row = random.nextInt(rows.size());
                assertEquals(rows.get(row), here.row(row));
                assertEquals(rows.get(row), RowReader.single(part).row(row));
            }
        }
    }

    @Test
    void aPageTableGoesThroughBytes() throws IOException {
        write(16, rows(16, 600));
        try (PartReader part = PartReader.open(files.open(file))) {
            ByteBuffer bytes = ByteBuffer.allocate(part.table().encodedBytes()).order(ByteOrder.LITTLE_ENDIAN);
            part.table().write(bytes);
            assertEquals(0, bytes.remaining());
            PageTable again = PageTable.read(bytes.flip());
            for (int row = 0; row < again.vectors(); row++) {
                assertEquals(part.table().vectorOffset(row), again.vectorOffset(row));
            }
        }
    }

    @Test
    void arrowIsToldTheLengthOfVectorsWhereAllRowsHaveOne() throws IOException {
        byte[] message = Base64.getDecoder().decode(ArrowSchema.of(784));
        assertEquals(
                784, ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(ArrowSchema.LENGTH_OFFSET));
        write(16, rows(16, 20));
        assertTrue(!content().contains(ArrowSchema.KEY));
        files.delete(file);
        write(16, rows(16, 20).subList(0, 17));
        assertTrue(content().contains(ArrowSchema.of(16)));
    }

    @Test
    void aVectorOfAnotherDimensionOrBehindARowWithoutOneIsRefused() throws IOException {
        try (PartWriter writer = new PartWriter(files, file, 2, List.of())) {
            assertThrows(IllegalArgumentException.class, () -> writer.add(new Row(Entry.vector("a", 1), 1)));
            writer.add(new Row(Entry.payload("b", new byte[1]), 2));
            assertThrows(IllegalArgumentException.class, () -> writer.add(new Row(Entry.vector("c", 1, 2), 3)));
        }
        assertTrue(files.find(file).isEmpty());
    }

    private void write(int dimension, List<Row> rows) throws IOException {
        try (PartWriter writer = new PartWriter(files, file, dimension, List.of())) {
            for (Row row : rows) {
                writer.add(row);
            }
            writer.finish();
        }
    }

    private String content() throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) input.size());
            input.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The last three without a vector. */
    private static List<Row> rows(int dimension, int count) {
        Random random = new Random(dimension);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            float[] vector = new float[i > count - 3 ? 0 : dimension];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            Entry entry =
                    vector.length > 0 ? Entry.vector("id-" + i, vector) : Entry.payload("id-" + i, new byte[] {1});
            if (random.nextBoolean()) {
                entry = entry.withMetadata(Map.of("n", (long) i));
            }
            if (random.nextInt(3) == 0) {
                entry = entry.withPayload(new byte[] {(byte) i, 7});
            }
            rows.add(new Row(entry, i, 1 + i % 3));
        }
        return rows;
    }
}
