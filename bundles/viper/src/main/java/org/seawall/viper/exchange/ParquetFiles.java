package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryFiles;
import org.seawall.files.EntryInput;
import org.seawall.files.EntryOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parquet files: of whatever writer when read, and as parts are when written. Without state. */
@Component(property = EntryFiles.ENDINGS + "=.parquet")
public final class ParquetFiles implements EntryFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ParquetFiles.class);

    @Override
    public EntryInput open(Path file, CollectionSpec spec) throws IOException {
        ParquetInput input = new ParquetInput(file, spec);
        if (!input.unread().isEmpty()) {
            LOG.warn("columns that no entry can hold are not read, columns={}, file={}", input.unread(), file);
        }
        return input;
    }

    @Override
    public EntryOutput create(Path file, CollectionSpec spec) throws IOException {
        return new ParquetOutput(file, spec);
    }
}
