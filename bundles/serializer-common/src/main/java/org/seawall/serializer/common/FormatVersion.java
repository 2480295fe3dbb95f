package org.seawall.serializer.common;

/** The versions of our formats, which change together. Every one is read; a new file is of the newest. */
public enum FormatVersion {
    /** A snapshot says its sequence and nothing else of what it stands for; a batch does not say when it was written. */
    V1,
    V2;

    public static final FormatVersion NEWEST = V2;

    /** As it stands in files. */
    public int number() {
        return ordinal() + 1;
    }

    public boolean before(FormatVersion other) {
        return compareTo(other) < 0;
    }
}
