package org.seawall.viper.store;

import java.util.Map;

/**
 * Rows of a view that are not to be found, beside those that are dead: what a log that is not flushed yet has replaced or deleted. Made by
 * {@link StoreView#hide}; never changed.
 *
 * @param rows a bit for each row, by the part's name
 */
public record Hidden(Map<String, long[]> rows) {
    /** Hides nothing. */
    public static final Hidden NOTHING = new Hidden(Map.of());

    long[] words(String part) {
        return rows.getOrDefault(part, NO_WORDS);
    }

    private static final long[] NO_WORDS = {};
}
