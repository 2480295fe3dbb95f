package org.seawall.inspection;

import java.util.List;
import java.util.Objects;

/**
 * What was found in the files of a collection or of a catalog.
 *
 * @param name the collection's name, {@code catalog}, or empty for a directory that the catalog does not name
 * @param id the collection's id, or {@code catalog}
 * @param url the directory
 * @param detail what is to be said of the directory as a whole, or empty
 * @param orphan whether a sound catalog does not name the directory
 * @param files the files in the order of recovery: snapshot, segments, active segment, then the rest
 */
public record LogReport(String name, String id, String url, String detail, boolean orphan, List<FileReport> files) {
    /** Copies the list. */
    public LogReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(detail, "detail");
        files = List.copyOf(files);
    }

    /**
     * The worst of its files.
     *
     * @return {@link Verdict#COMPLETE} if there is nothing to be said against any of them
     */
    public Verdict verdict() {
        return files.stream().map(FileReport::verdict).reduce(orphan ? Verdict.ORPHAN : Verdict.COMPLETE, Verdict::and);
    }

    /**
     * The newest sequence that was read.
     *
     * @return 0 if there is none
     */
    public long lastSequence() {
        return files.stream().mapToLong(FileReport::lastSequence).max().orElse(0);
    }
}
