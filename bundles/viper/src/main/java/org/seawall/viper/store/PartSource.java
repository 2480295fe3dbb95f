package org.seawall.viper.store;

import java.io.IOException;
import org.seawall.viper.codes.Mean;
import org.seawall.viper.part.Row;

/** The rows of a part that is to be written. Can be gone through again and again. */
public interface PartSource {
    /** Takes rows one after the other. */
    interface Sink {
        /**
         * Takes a row.
         *
         * @param row the next one
         * @throws IOException if the storage fails
         */
        void add(Row row) throws IOException;
    }

    /**
     * Near the mean of the vectors.
     *
     * @param dimension their components
     * @return a new array
     * @throws IOException if the storage fails
     */
    float[] centre(int dimension) throws IOException;

    /**
     * All rows with a vector, in the order of their sequences.
     *
     * @param sink takes them
     * @throws IOException if the storage fails
     */
    void withVectors(Sink sink) throws IOException;

    /**
     * All rows without a vector, in the order of their sequences.
     *
     * @param sink takes them
     * @throws IOException if the storage fails
     */
    void withoutVectors(Sink sink) throws IOException;

    /**
     * The same rows, each shown to somebody before it is taken.
     *
     * @param witness is shown them; what it throws ends the pass
     * @return over this
     */
    default PartSource each(Sink witness) {
        PartSource rows = this;
        return new PartSource() {
            @Override
            public float[] centre(int dimension) throws IOException {
                return rows.centre(dimension);
            }

            @Override
            public void withVectors(Sink sink) throws IOException {
                rows.withVectors(row -> {
                    witness.add(row);
                    sink.add(row);
                });
            }

            @Override
            public void withoutVectors(Sink sink) throws IOException {
                rows.withoutVectors(row -> {
                    witness.add(row);
                    sink.add(row);
                });
            }
        };
    }

    /**
     * Rows in memory.
     *
     * @param rows in the order of their sequences
     * @return over them
     */
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
