package org.seawall.bench.harness;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is appended, and by how many.
 *
 * @param work the kind of entries, see {@link #dimension()}
 * @param batch entries of a batch
 * @param writers threads, each of which waits for its batch before it appends the next
 */
public record Cell(String work, int batch, int writers) {
    private static final Pattern TEXT = Pattern.compile("(W[12])b([0-9]+)w([0-9]+)");

    /** Reads what {@link #toString} writes, such as {@code W1b10w8}. */
    public static Cell parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a cell, expected something like W1b10w8, cell=" + text);
        }
        return new Cell(matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }

    /** W1 are vectors of 768 components, W2 of 128, both with three short texts. */
    public int dimension() {
        return work.equals("W1") ? 768 : 128;
    }

    @Override
    public String toString() {
        return work + "b" + batch + "w" + writers;
    }
}
