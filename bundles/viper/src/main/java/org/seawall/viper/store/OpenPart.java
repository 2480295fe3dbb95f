package org.seawall.viper.store;

import java.io.IOException;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.sidecar.Sidecar;

/**
 * A part that is open, with its sidecar in memory. Safe for use by several threads.
 *
 * @param reader its pages
 * @param sidecar what is known of it
 * @param filtered which rows filters refuse
 */
record OpenPart(PartReader reader, Sidecar sidecar, Filtered filtered) implements AutoCloseable {
    OpenPart(PartReader reader, Sidecar sidecar) {
        this(reader, sidecar, new Filtered(reader));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
