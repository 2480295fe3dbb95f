package org.seawall;

import java.util.Objects;

/**
 * An entry with the place that the log gave it.
 *
 * @param sequence the entry's sequence within its collection, at least 1; it is also the entry's version: of two entries
 *     with one id the higher sequence is the newer
 * @param entry the entry as it was appended, with its timestamp set
 */
public record LoggedEntry(long sequence, Entry entry) {
    /** Checks that the entry is there. */
    public LoggedEntry {
        Objects.requireNonNull(entry, "entry");
    }
}
