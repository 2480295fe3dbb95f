package org.seawall.core.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.LogCorruptException;
import org.seawall.LoggedEntry;
import org.seawall.PastUnavailableException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.engine.Inspected;
import org.seawall.core.engine.LogInspection;
import org.seawall.inspection.BatchVisitor;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Verdict;
import org.seawall.spi.serializer.EncodedBatch;

/** Reads the batches of a collection from its files. */
public final class CollectionReading {
    private final StoredLog log;
    private final boolean skipDamaged;
    private final BatchVisitor visitor;

    /**
     * A reading.
     *
     * @param log the files
     * @param skipDamaged whether what stands behind damage is read, too
     * @param visitor takes the batches
     */
    public CollectionReading(StoredLog log, boolean skipDamaged, BatchVisitor visitor) {
        this.log = log;
        this.skipDamaged = skipDamaged;
        this.visitor = visitor;
    }

    /**
     * Reads a collection.
     *
     * @param wanted its name or id
     * @return what the catalog says of it
     * @throws IOException if a directory cannot be listed, or the visitor stops it
     */
    public Optional<CollectionSpec> read(String wanted) throws IOException {
        StoredCollections stored = StoredCollections.of(log, log.ofCatalog(InspectionProgress.NONE));
        StoredCollection collection = stored.chosen(Optional.of(wanted), log).get(0);
        collection.requireHere();
        // in one look: what was visited cannot be taken back
        LogInspection inspection = new LogInspection(
                log.collectionFiles(collection),
                log.of(collection, InspectionProgress.NONE).whenSettled());
        try {
            Inspected inspected = inspection.run(() -> this::visit);
            if (!skipDamaged) {
                requireUsable(inspected);
                requireWhole(inspected, wanted);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return collection.info().map(CollectionInfo::spec);
    }

    /** What has left is not taken for what was never there. */
    private static void requireWhole(Inspected inspected, String collection) {
        if (inspected.released() > 0) {
            throw new PastUnavailableException(
                    "entries have left the log for a sink and are not in its files, of which the rest can be read by leaving"
                            + " out what is damaged, released=" + inspected.released() + ", collection=" + collection,
                    inspected.released() + 1);
        }
    }

    /** What is wrong on the chain is thrown; the archive and what lies beside is not part of the collection. */
    static void requireUsable(Inspected inspected) {
        for (FileReport report : inspected.chain()) {
            if (report.verdict() != Verdict.COMPLETE
                    && report.verdict() != Verdict.TORN_TAIL
                    && report.verdict() != Verdict.ORPHAN) {
                throw new LogCorruptException(
                        "files are not in order",
                        Verdict.COMPLETE.toString(),
                        report.verdict() + ": " + report.detail(),
                        Math.max(0, report.offset()),
                        report.file());
            }
        }
    }

    private void visit(long first, EncodedBatch batch, boolean sound) {
        if (!sound && !skipDamaged) {
            return;
        }
        List<LoggedEntry> entries = new ArrayList<>(batch.count());
        for (int i = 0; i < batch.count(); i++) {
            entries.add(new LoggedEntry(first + i, batch.entry(i)));
        }
        try {
            visitor.batch(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
