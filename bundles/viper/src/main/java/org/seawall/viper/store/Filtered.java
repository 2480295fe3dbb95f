package org.seawall.viper.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.seawall.viper.part.PartColumn;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.part.RowReader;

/**
 * Which rows of a part a filter does not let through. Kept for the filters that were used last, since a part never changes; equal filters
 * are one. Safe for use by several threads, of which one reads at a time.
 */
final class Filtered {
    private static final int KEPT = 8;

    private final PartReader part;
    private final Map<Predicate<Map<String, Object>>, long[]> refused = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Predicate<Map<String, Object>>, long[]> eldest) {
            return size() > KEPT;
        }
    };

    Filtered(PartReader part) {
        this.part = part;
    }

    /** Marks the rows with a vector that the filter does not let through. */
    synchronized void mark(Predicate<Map<String, Object>> filter, int vectors, long[] dead, Deadline deadline)
            throws IOException {
        long[] words = refused.get(filter);
        if (words == null) {
            words = new long[dead.length];
            RowReader reader = new RowReader(part);
            Optional<int[]> columns = columns(filter);
            for (int row = 0; row < vectors; row++) {
                deadline.check();
                boolean passes =
                        filter.test(columns.isPresent() ? reader.typed(row, columns.get()) : reader.metadata(row));
                if (!passes) {
                    words[row >>> 6] |= 1L << row;
                }
            }
            refused.put(filter, words);
        }
        for (int i = 0; i < words.length; i++) {
            dead[i] |= words[i];
        }
    }

    /** The typed columns that have all that the filter looks at; empty if others have some of it. */
    private Optional<int[]> columns(Predicate<Map<String, Object>> filter) {
        if (!(filter instanceof FieldFilter some)) {
            return Optional.empty();
        }
        List<PartColumn> typed = part.table().typed();
        int[] columns = IntStream.range(0, typed.size())
                .filter(i -> !typed.get(i).strays()
                        && some.fields().contains(typed.get(i).name()))
                .toArray();
        return columns.length == some.fields().size() ? Optional.of(columns) : Optional.empty();
    }
}
