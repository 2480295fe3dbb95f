package org.seawall.filesystem.gcs;

/** Values that are in their range. */
final class Ranges {

    private Ranges() {}

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " out of range, value=" + value + ", range=" + least + ".." + most);
        }
    }
}
