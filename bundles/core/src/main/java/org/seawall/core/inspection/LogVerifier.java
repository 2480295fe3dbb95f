package org.seawall.core.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.core.engine.BatchSink;
import org.seawall.core.engine.Inspected;
import org.seawall.core.engine.LogFiles;
import org.seawall.core.engine.LogInspection;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.LogReport;
import org.seawall.inspection.Verdict;
import org.seawall.inspection.Verification;

/** Verifies the catalog and the collections of a log, one after the other. */
public final class LogVerifier {
    private static final String CATALOG = "catalog";

    private final StoredLog log;
    private final InspectionProgress progress;

    /**
     * A verification.
     *
     * @param log the files
     * @param progress is told how far it is with each collection
     */
    public LogVerifier(StoredLog log, InspectionProgress progress) {
        this.log = log;
        this.progress = progress;
    }

    /**
     * Reads all files. A collection that was dropped or created meanwhile is met as the catalog says when it is read again.
     *
     * @param wanted the one collection to verify, by name or id
     * @return the findings
     * @throws IOException if a directory cannot be listed
     */
    public Verification verify(Optional<String> wanted) throws IOException {
        long begin = System.nanoTime();
        StoredCollections stored = StoredCollections.of(log, log.ofCatalog(progress));
        List<LogReport> reports = reports(stored, wanted);
        if (reports.stream().anyMatch(report -> report.verdict() != Verdict.COMPLETE)) {
            StoredCollections again = StoredCollections.of(log, log.ofCatalog(progress));
            if (!again.all().equals(stored.all())) {
                stored = again;
                reports = reports(stored, wanted);
            }
        }
        return new Verification(catalog(stored), reports, (System.nanoTime() - begin) / 1_000_000);
    }

    private List<LogReport> reports(StoredCollections stored, Optional<String> wanted) throws IOException {
        List<LogReport> reports = new ArrayList<>();
        if (wanted.filter(CATALOG::equals).isPresent()) {
            return reports;
        }
        for (StoredCollection collection : stored.chosen(wanted, log)) {
            reports.add(report(collection, stored.catalogSound()));
        }
        return reports;
    }

    private LogReport catalog(StoredCollections stored) {
        List<FileReport> files = new ArrayList<>(stored.catalog().inspected().reports());
        String detail = stored.catalog().detail();
        String url = log.catalog().location().toString();
        if (!detail.isEmpty()) {
            files.add(new FileReport(url, Kind.OTHER, 0, Verdict.CORRUPT, detail, -1, 0, 0, 0, 0, 0, 0));
        }
        String said = detail.isEmpty() ? stored.catalog().move() : detail;
        return new LogReport(CATALOG, CATALOG, url, said, false, files);
    }

    private LogReport report(StoredCollection collection, boolean catalogSound) throws IOException {
        LogFiles files = log.collectionFiles(collection);
        String url = files.layout().directory().toString();
        if (collection.dropping()) {
            String detail = "is being dropped, the next start removes its files";
            return new LogReport(collection.name(), collection.id(), url, detail, false, List.of());
        }
        if (!collection.from().isEmpty()) {
            String detail = "moves from " + collection.from() + ", is verified when all of it is here";
            return new LogReport(collection.name(), collection.id(), url, detail, false, List.of());
        }
        Inspected inspected = new LogInspection(files, log.of(collection, progress)).run(() -> BatchSink.NONE);
        boolean orphan = !collection.known() && catalogSound;
        String detail = collection.known()
                ? ""
                : orphan ? "no collection of the catalog has this id" : "the catalog could not be read";
        return new LogReport(collection.name(), collection.id(), url, detail, orphan, inspected.reports());
    }
}
