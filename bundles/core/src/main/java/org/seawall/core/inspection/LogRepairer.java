package org.seawall.core.inspection;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.core.engine.BatchSink;
import org.seawall.core.engine.Inspected;
import org.seawall.core.engine.Inspection;
import org.seawall.core.engine.LogFiles;
import org.seawall.core.engine.LogInspection;
import org.seawall.core.engine.LogRepair;
import org.seawall.core.engine.OrphanDirectory;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.Repair;
import org.seawall.inspection.Repair.Action;
import org.seawall.inspection.Repair.Step;
import org.seawall.inspection.RepairOptions;
import org.seawall.inspection.Verdict;

/** Repairs the catalog and the collections of a log, one after the other, under the log's locks. For one repair. */
public final class LogRepairer {
    private static final String CATALOG = "catalog";

    private final StoredLog log;
    private final RepairOptions options;
    private final InspectionProgress progress;
    private final Instant now;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /** Something that is done to files. */
    private interface Work {
        void run() throws IOException;
    }

    /**
     * A repair.
     *
     * @param log the files
     * @param options what it may do
     * @param progress is told how far it is with looking at each log
     */
    public LogRepairer(StoredLog log, RepairOptions options, InspectionProgress progress) {
        this.log = log;
        this.options = options;
        this.progress = progress;
        this.now = log.clock().instant();
    }

    /**
     * Repairs.
     *
     * @return what was done
     * @throws IOException if somebody holds a lock, or the storage fails
     */
    public Repair repair() throws IOException {
        HeldLocks locks = HeldLocks.of(log, "repair");
        try (locks) {
            if (options.collection().isEmpty()
                    || options.collection().filter(CATALOG::equals).isPresent()) {
                repair(CATALOG, log.catalogFiles(), log.ofCatalog(progress).whenSettled());
            }
            if (options.collection().filter(CATALOG::equals).isEmpty()) {
                collections();
            }
        }
        return new Repair(steps, left, options.dryRun());
    }

    private void collections() throws IOException {
        StoredCollections stored =
                StoredCollections.of(log, log.ofCatalog(progress).whenSettled());
        for (StoredCollection collection : stored.chosen(options.collection(), log)) {
            LogFiles files = log.collectionFiles(collection);
            if (!collection.from().isEmpty()) {
                left.add(collection.name() + ": moves from " + collection.from() + ", repair it when it is here");
            } else if (!collection.known() && stored.catalogSound()) {
                orphan(collection, files);
            } else if (!collection.dropping()) {
                repair(
                        collection.known() ? collection.name() : collection.id(),
                        files,
                        log.of(collection, progress).whenSettled());
            }
        }
    }

    /** A directory that nobody names is not repaired: it is moved aside or left. */
    private void orphan(StoredCollection collection, LogFiles files) throws IOException {
        String words = "no collection of the catalog has this id, directory="
                + files.layout().directory();
        OrphanDirectory directory = new OrphanDirectory(files, now);
        if (options.dropOrphans()) {
            steps.add(new Step(
                    collection.id(),
                    Action.DROP_ORPHANS,
                    List.of(files.layout().directory().toString()),
                    directory.aside().toString(),
                    0,
                    0,
                    0,
                    0,
                    words));
            carryOut(directory::moveAside);
        } else {
            left.add(collection.id() + ": orphan, --drop-orphans moves it aside: " + words);
        }
    }

    private void repair(String name, LogFiles files, Inspection inspection) throws IOException {
        LogInspection look = new LogInspection(files, inspection);
        Inspected found = look.run(() -> BatchSink.NONE);
        LogRepair repair = new LogRepair(files, inspection.perCommit(), now);
        Optional<Step> torn = repair.tornTail(name, found);
        Optional<Step> truncation = repair.truncation(name, found);
        Optional<Step> orphans = repair.orphans(name, found);
        Inspected seen = found;
        if (torn.isPresent()) {
            steps.add(torn.get());
            carryOut(() -> repair.cutTornTail(seen));
        } else if (truncation.isPresent() && options.truncate()) {
            steps.add(truncation.get());
            carryOut(() -> repair.truncate(seen));
        }
        if (orphans.isPresent() && options.dropOrphans()) {
            steps.add(orphans.get());
            carryOut(() -> repair.dropOrphans(seen));
        }
        Inspected after =
                options.dryRun() || found.verdict() == Verdict.COMPLETE ? found : look.run(() -> BatchSink.NONE);
        boolean truncates = truncation.isPresent() && options.dryRun() && options.truncate();
        truncation.filter(step -> !options.truncate()).ifPresent(step -> left.add(words(step)));
        if (!options.dryRun() || !(torn.isPresent() || truncates || options.dropOrphans())) {
            leave(name, after, truncation.isPresent() && !options.truncate());
        }
    }

    private void leave(String name, Inspected after, boolean truncationTold) {
        for (FileReport report : after.reports()) {
            if (report.verdict() == Verdict.ORPHAN) {
                left.add(name + ": orphan, --drop-orphans removes it: " + report.detail());
            } else if (report.verdict() != Verdict.COMPLETE && !truncationTold) {
                left.add(name + ": " + report.verdict() + ", cannot be repaired: " + report.detail());
            }
        }
    }

    private static String words(Step step) {
        String given = step.entries() == 0
                ? "no valid batch"
                : step.batches() + " batches with " + step.entries() + " entries of the sequences "
                        + step.firstSequence() + ".." + step.lastSequence();
        return step.name() + ": damaged, --truncate gives up " + given + " behind it: " + step.detail();
    }

    private void carryOut(Work work) throws IOException {
        if (!options.dryRun()) {
            work.run();
        }
    }
}
