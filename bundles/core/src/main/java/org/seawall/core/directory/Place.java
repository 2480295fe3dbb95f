package org.seawall.core.directory;

/**
 * Where a collection is, as the catalog has it.
 *
 * @param storage id of the storage, which the storage itself carries; empty for a collection that is on the first directory
 * @param url the directory as it was configured when the collection was created; empty if the storage is
 */
public record Place(String storage, String url) {
    /** The first directory of the configuration, as in a record that says nothing. */
    public static final Place FIRST = new Place("", "");

    /**
     * Whether the record says nothing.
     *
     * @return true for a collection on the first directory
     */
    public boolean first() {
        return storage.isEmpty();
    }
}
