package org.seawall.core.engine;

import java.util.List;
import java.util.Optional;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.Verdict;

/**
 * What an inspection found in the files of a log.
 *
 * @param files the files in the order of recovery, then the rest
 * @param onChain how many of the first files a recovery reads
 * @param head where the log goes on, if its chain could be followed to its end
 * @param released the sequence up to which entries have left the log for a sink, and are not in the files; 0 for none
 */
public record Inspected(List<InspectedFile> files, int onChain, Optional<Head> head, long released) {
    /** Copies the list. */
    public Inspected {
        files = List.copyOf(files);
    }

    /**
     * The findings.
     *
     * @return one for each file
     */
    public List<FileReport> reports() {
        return files.stream().map(InspectedFile::report).toList();
    }

    /**
     * The findings about what a recovery reads: snapshot, segments behind it, active segment.
     *
     * @return in the order of recovery
     */
    public List<FileReport> chain() {
        return files.subList(0, onChain).stream().map(InspectedFile::report).toList();
    }

    /** What is to be said against files. */
    List<FileReport> findings() {
        return reports().stream()
                .filter(report -> report.verdict() != Verdict.COMPLETE)
                .toList();
    }

    /** The same, but of a file that changes all the time only what was found before, too. */
    Inspected believing(List<FileReport> found) {
        List<InspectedFile> believed = files.stream()
                .map(file -> file.report().verdict() == Verdict.COMPLETE || found.contains(file.report())
                        ? file
                        : file.changing())
                .toList();
        return new Inspected(believed, onChain, head, released);
    }

    /**
     * The worst finding.
     *
     * @return complete if there is nothing to be said against any file
     */
    public Verdict verdict() {
        return reports().stream().map(FileReport::verdict).reduce(Verdict.COMPLETE, Verdict::and);
    }
}
