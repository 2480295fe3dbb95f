package org.seawall;

/** A file is of a format version that this version does not read. Nothing was changed. Update the serializer's bundle. */
public class LogFormatException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * A version out of range.
     *
     * @param found the version in the file
     * @param oldest the oldest readable version
     * @param newest the newest readable version
     * @param file the file
     */
    public LogFormatException(int found, int oldest, int newest, String file) {
        super("format version not readable, found=" + found + ", readable=" + oldest + ".." + newest + ", file="
                + file);
    }
}
