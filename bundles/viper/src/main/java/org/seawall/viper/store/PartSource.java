package org.seawall.viper.store;

import java.io.IOException;
import org.seawall.viper.codes.Mean;
import org.seawall.viper.part.Row;

/** The rows of a part that is to be written. Can be gone through again and again. */
interface PartSource {
    /** Takes rows one after the other. */
    interface Sink {
        void add(Row row) throws IOException;
    }

    /** Near the mean of the vectors. */
    float[] centre(int dimension) throws IOException;

    /** All rows with a vector, in the order of their sequences. */
    void withVectors(Sink sink) throws IOException;

    /** All rows without a vector, in the order of their sequences. */
    void withoutVectors(Sink sink) throws IOException;

    /** Rows in memory. */
    static PartSource of(Iterable<Row> rows) {
        return new PartSource() {
            @Override
            public float[] centre(int dimension) {
                Mean mean = new Mean(dimension);
                for (Row row : rows) {
                    if (row.vector().length == dimension) {
                        mean.add(row.vector(), 1);
                    }
                }
                return mean.value();
            }

            @Override
            public void withVectors(Sink sink) throws IOException {
                for (Row row : rows) {
                    if (row.vector().length > 0) {
                        sink.add(row);
                    }
                }
            }

            @Override
            public void withoutVectors(Sink sink) throws IOException {
                for (Row row : rows) {
                    if (row.vector().length == 0) {
                        sink.add(row);
                    }
                }
            }
        };
    }
}
