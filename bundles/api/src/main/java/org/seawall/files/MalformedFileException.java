package org.seawall.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not what its name says, or ends too early. */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A file that is wrong as a whole.
     *
     * @param fact what is wrong: a fact, then key=value
     * @param file the file
     */
    public MalformedFileException(String fact, Path file) {
        super(fact + ", file=" + file);
    }

    /**
     * A row that is wrong.
     *
     * @param fact what is wrong: a fact, then key=value
     * @param place which row, from 0, and where it begins
     * @param file the file
     */
    public MalformedFileException(String fact, Place place, Path file) {
        super(fact + ", row=" + place.row() + ", offset=" + place.offset() + ", file=" + file);
    }

    /**
     * A place in a file.
     *
     * @param row the row, counted from 0
     * @param offset bytes from the file's begin
     */
    public record Place(long row, long offset) {}
}
