package org.seawall.filesystem.common;

/** Configured values that have to be in a range. */
public final class Range {
    private Range() {}

    /**
     * Checks a value.
     *
     * @param name of the setting
     * @param value what is configured
     * @param least the least that is allowed
     * @param most the most that is allowed
     * @return the value
     * @throws IllegalArgumentException if it is out of the range; names setting, value and range
     */
    public static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " out of range, value=" + value + ", range=" + least + ".." + most);
        }
        return value;
    }
}
