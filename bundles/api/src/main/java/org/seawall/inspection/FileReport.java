package org.seawall.inspection;

import java.util.Objects;

/**
 * What was found in a file.
 *
 * @param file its location; of a file that is missing the one that it should have
 * @param kind what it is
 * @param number number of the segment, of a snapshot the last segment that it covers; 0 if it has none
 * @param verdict the finding
 * @param detail one line: a fact, then what was expected and what is there, and where; empty if there is nothing to say
 * @param offset where the first damage or the torn tail begins, in bytes; -1 if there is none
 * @param bytes its length
 * @param batches valid batches in it
 * @param entries entries in these
 * @param firstSequence sequence of the first of them; 0 if there is none
 * @param lastSequence sequence of the last of them; 0 if there is none
 * @param epoch the highest epoch in it; 0 if it could not be read
 */
public record FileReport(
        String file,
        Kind kind,
        long number,
        Verdict verdict,
        String detail,
        long offset,
        long bytes,
        long batches,
        long entries,
        long firstSequence,
        long lastSequence,
        long epoch) {

    /** What a file of a log is. */
    public enum Kind {
        /** The live entries up to a sequence. */
        SNAPSHOT,
        /** What was kept of several sealed segments. */
        RUN,
        /** A sealed segment. */
        SEGMENT,
        /** The segment that grows. */
        ACTIVE,
        /** A segment that is made ready to become the active one: it holds nothing that was acknowledged. */
        PREPARED,
        /** What a snapshot replaced, or the copy of a torn tail. */
        ARCHIVED,
        /** Anything else. */
        OTHER
    }

    /** Checks that all is there. */
    public FileReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(detail, "detail");
    }
}
