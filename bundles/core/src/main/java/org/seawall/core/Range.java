package org.seawall.core;

/** What an attribute may be. */
final class Range {
    private Range() {}

    /**
     * Checks a value.
     *
     * @throws IllegalArgumentException naming the attribute, its value and its range
     */
    static long within(String attribute, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "attribute out of range, expected " + min + " to " + max + ", " + attribute + "=" + value);
        }
        return value;
    }
}
