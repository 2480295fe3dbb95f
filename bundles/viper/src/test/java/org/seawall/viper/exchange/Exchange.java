package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.files.EntryFiles;
import org.seawall.files.EntryInput;
import org.seawall.files.EntryOutput;

/** What the tests of this room do with files. */
final class Exchange {
    static final EntryFiles FILES = new ParquetFiles();

    private Exchange() {}

    static CollectionSpec vectors(int dimension) {
        return CollectionSpec.vectors("things", dimension, Metric.L2);
    }

    static List<Entry> read(Path file, CollectionSpec spec) throws IOException {
        try (EntryInput input = FILES.open(file, spec)) {
            List<Entry> entries = new ArrayList<>();
            long position = 0;
            Optional<Entry> next = input.next();
            while (next.isPresent()) {
                entries.add(next.get());
                if (input.position() < position || input.position() > input.size()) {
                    throw new AssertionError("position went from " + position + " to " + input.position());
                }
                position = input.position();
                next = input.next();
            }
            if (input.rows() != entries.size() || input.position() != input.size()) {
                throw new AssertionError("rows " + input.rows() + ", position " + input.position());
            }
            return entries;
        }
    }

    static long write(Path file, CollectionSpec spec, List<Entry> entries) throws IOException {
        try (EntryOutput output = FILES.create(file, spec)) {
            long sequence = 0;
            for (Entry entry : entries) {
                sequence += 2;
                output.add(new LoggedEntry(sequence, entry));
            }
            return output.finish();
        }
    }
}
