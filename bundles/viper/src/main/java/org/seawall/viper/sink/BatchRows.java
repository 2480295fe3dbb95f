package org.seawall.viper.sink;

import java.io.IOException;
import org.seawall.spi.flush.EntryCursor;
import org.seawall.spi.flush.FlushBatch;
import org.seawall.viper.codes.Mean;
import org.seawall.viper.part.Row;
import org.seawall.viper.store.PartSource;

/**
 * The entries of a batch as rows, one at a time in memory: they are gone through once for each call. An entry is made only where a row is
 * taken.
 *
 * @param batch whose entries
 */
record BatchRows(FlushBatch batch) implements PartSource {
    @Override
    public float[] centre(int dimension) {
        Mean mean = new Mean(dimension);
        float[] vector = new float[dimension];
        for (EntryCursor entries = batch.entries(); entries.next(); ) {
            if (entries.dimension() == dimension) {
                entries.vector(vector);
                mean.add(vector, 1);
            }
        }
        return mean.value();
    }

    @Override
    public void withVectors(Sink sink) throws IOException {
        rows(true, sink);
    }

    @Override
    public void withoutVectors(Sink sink) throws IOException {
        rows(false, sink);
    }

    private void rows(boolean vectors, Sink sink) throws IOException {
        for (EntryCursor entries = batch.entries(); entries.next(); ) {
            if (entries.dimension() > 0 == vectors) {
                sink.add(new Row(entries.entry(), entries.sequence()));
            }
        }
    }
}
