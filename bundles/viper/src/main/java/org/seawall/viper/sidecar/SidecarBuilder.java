package org.seawall.viper.sidecar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.seawall.catalog.Metric;
import org.seawall.viper.codes.CodesBuilder;
import org.seawall.viper.codes.Mean;
import org.seawall.viper.part.PageTable;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.part.Row;
import org.seawall.viper.part.RowReader;

/** Makes a sidecar of rows in the order in which they are in the part. For one thread. */
public final class SidecarBuilder {
    private static final int FIRST_ROWS = 1024;

    private final CodesBuilder codes;
    private long[] highs = new long[FIRST_ROWS];
    private long[] lows = new long[FIRST_ROWS];
    private long[] expiries = new long[FIRST_ROWS];
    private int rows;
    private boolean expires;

    /**
     * A builder without a row.
     *
     * @param metric how vectors are compared
     * @param centre the mean of the vectors, about
     * @param seed of the rotation
     */
    public SidecarBuilder(Metric metric, float[] centre, long seed) {
        this.codes = new CodesBuilder(metric, centre, seed);
    }

    /**
     * Adds a row.
     *
     * @param row with a vector, or behind all that have one
     */
    public void add(Row row) {
        if (row.vector().length > 0) {
            codes.add(row.vector());
        }
        add(row.id(), row.entry().expiresAtMillis());
    }

    private void add(String id, long expiresAtMillis) {
        if (rows == highs.length) {
            highs = Arrays.copyOf(highs, 2 * rows);
            lows = Arrays.copyOf(lows, 2 * rows);
            expiries = Arrays.copyOf(expiries, 2 * rows);
        }
        Key key = Key.of(id);
        highs[rows] = key.high();
        lows[rows] = key.low();
        expiries[rows++] = expiresAtMillis;
        expires |= expiresAtMillis != 0;
    }

    /**
     * The sidecar of all rows that were added.
     *
     * @param pages the part's page table
     * @return the sidecar
     * @throws IllegalArgumentException if the part has other rows, or two of one id
     */
    public Sidecar build(PageTable pages) {
        KeyTable keys = new KeyTable(Arrays.copyOf(highs, rows), Arrays.copyOf(lows, rows));
        return new Sidecar(pages, keys, expires ? Arrays.copyOf(expiries, rows) : new long[0], codes.build());
    }

    /**
     * Makes a sidecar again from its part alone, which is read twice.
     *
     * @param part the part
     * @param metric how vectors are compared
     * @param seed of the rotation
     * @return the sidecar
     * @throws org.seawall.LogCorruptException if the part is damaged
     * @throws IOException if the storage fails
     */
    public static Sidecar rebuild(PartReader part, Metric metric, long seed) throws IOException {
        float[] vector = new float[part.table().dimension()];
        Mean mean = new Mean(vector.length);
        for (int page = 0; page < part.vectorPages(); page++) {
            for (ByteBuffer bytes = part.vectorPage(page); bytes.hasRemaining(); ) {
                next(bytes, vector);
                mean.add(vector, 1);
            }
        }
        SidecarBuilder builder = new SidecarBuilder(metric, mean.value(), seed);
        for (int page = 0; page < part.vectorPages(); page++) {
            for (ByteBuffer bytes = part.vectorPage(page); bytes.hasRemaining(); ) {
                next(bytes, vector);
                builder.codes.add(vector);
            }
        }
        RowReader reader = new RowReader(part);
        for (int row = 0; row < part.table().rows(); row++) {
            builder.add(reader.id(row), reader.expiresAtMillis(row));
        }
        return builder.build(part.table());
    }

    private static void next(ByteBuffer bytes, float[] vector) {
        bytes.asFloatBuffer().get(vector);
        bytes.position(bytes.position() + 4 * vector.length);
    }
}
