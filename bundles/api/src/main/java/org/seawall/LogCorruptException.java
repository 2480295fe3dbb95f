package org.seawall;

/**
 * Bytes on the storage are not what was written, or a file is missing. Nothing was changed and nothing is skipped: an
 * operator has to look at the place that the message names. Other collections are not affected.
 */
public class LogCorruptException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /** The file. */
    private final String file;
    /** Where in the file. */
    private final long offset;

    /**
     * Damage at a place.
     *
     * @param fact what is wrong, in lower case
     * @param expected what should be there
     * @param actual what is there
     * @param offset byte offset in the file
     * @param file the file
     */
    public LogCorruptException(String fact, String expected, String actual, long offset, String file) {
        super(fact + ", expected=" + expected + ", actual=" + actual + ", offset=" + offset + ", file=" + file);
        this.file = file;
        this.offset = offset;
    }

    /**
     * Where the damage is.
     *
     * @return the file's location
     */
    public String file() {
        return file;
    }

    /**
     * Where in the file the damage begins.
     *
     * @return byte offset
     */
    public long offset() {
        return offset;
    }
}
