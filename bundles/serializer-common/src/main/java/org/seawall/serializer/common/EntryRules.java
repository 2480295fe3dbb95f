package org.seawall.serializer.common;

import org.seawall.Entry;

/** The rules of {@link Entry} for encoded entries that may be anything: what breaks one is malformed when it is read. */
public final class EntryRules {
    private EntryRules() {}

    /**
     * What an entry may hold together with what.
     *
     * @param isDelete whether it ends its id
     * @param idBytes the length of its id
     * @param dimension of its vector
     * @param rest how much of anything else it holds
     */
    public static void checkShape(boolean isDelete, int idBytes, int dimension, long rest) {
        check(idBytes <= Entry.MAX_ID_BYTES, "id too long", idBytes);
        check(idBytes > 0 || !isDelete && dimension == 0, "empty id", idBytes);
        check(!isDelete || (dimension | rest) == 0, "delete that carries more than an id", dimension | rest);
    }

    public static void checkDimension(long dimension) {
        check(dimension >= 0 && dimension <= Entry.MAX_DIMENSION, "dimension out of range", dimension);
    }

    public static void check(boolean valid, String fact, long actual) {
        if (!valid) {
            throw new MalformedException(fact, "a valid entry", Long.toString(actual));
        }
    }
}
