package org.seawall.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.inspection.BatchVisitor;
import org.seawall.inspection.Copy;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.FileReport.Kind;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.LogInspector;
import org.seawall.inspection.LogPlace;
import org.seawall.inspection.LogReport;
import org.seawall.inspection.Repair;
import org.seawall.inspection.Repair.Action;
import org.seawall.inspection.Repair.Step;
import org.seawall.inspection.RepairOptions;
import org.seawall.inspection.Verdict;
import org.seawall.inspection.Verification;

/** Inspects a log in memory: each of its collections is one file, which can be damaged and is repaired by being cut short. */
final class MemoryInspector implements LogInspector {
    private final MemoryLog log;
    private final List<String> damaged = new ArrayList<>();
    private final Map<String, String> files = new HashMap<>();

    MemoryInspector(MemoryLog log) {
        this.log = log;
    }

    /** Where the one file of a collection is. */
    void locate(String collection, String file) {
        files.put(collection, file);
    }

    void damage(String collection) {
        damaged.add(collection);
    }

    @Override
    public Verification verify(LogPlace place, Optional<String> collection, InspectionProgress progress) {
        List<LogReport> reports = log.list().stream()
                .filter(info -> collection.isEmpty() || info.name().equals(collection.get()))
                .map(info -> report(place, info.name()))
                .toList();
        if (collection.isPresent() && reports.isEmpty()) {
            throw new CollectionNotFoundException(collection.get(), place.catalogUrl());
        }
        return new Verification(report(place, "catalog"), reports, 3);
    }

    private LogReport report(LogPlace place, String name) {
        boolean bad = damaged.contains(name);
        long entries = name.equals("catalog") ? 0 : log.entries(name).size();
        FileReport file = new FileReport(
                files.getOrDefault(name, name + ".avro"),
                Kind.ACTIVE,
                1,
                bad ? Verdict.CORRUPT : Verdict.COMPLETE,
                bad ? "batch checksum mismatch, expected=1, actual=2, offset=7, file=" + name + ".avro" : "",
                bad ? 7 : -1,
                1_000,
                entries,
                entries,
                1,
                entries,
                1);
        return new LogReport(name, name, place.urls().get(0) + "/" + name, "", false, List.of(file));
    }

    @Override
    public Repair repair(LogPlace place, RepairOptions options, InspectionProgress progress) {
        if (damaged.isEmpty()) {
            return new Repair(List.of(), List.of(), options.dryRun());
        }
        String name = damaged.get(0);
        if (!options.truncate()) {
            return new Repair(List.of(), List.of(name + ": damaged, --truncate gives up all"), options.dryRun());
        }
        if (!options.dryRun()) {
            damaged.clear();
        }
        Step step = new Step(
                name, Action.TRUNCATE, List.of(name + ".avro"), "aside", 2, 3, 5, 7, "batch checksum mismatch");
        return new Repair(List.of(step), List.of(), options.dryRun());
    }

    @Override
    public Copy copy(LogPlace source, LogPlace target, InspectionProgress progress) {
        return new Copy(log.list().size(), 4, 1, 2_000, 9);
    }

    @Override
    public Optional<CollectionSpec> read(LogPlace place, String collection, boolean skipDamaged, BatchVisitor visitor) {
        try {
            for (LoggedEntry entry : log.entries(collection)) {
                visitor.batch(List.of(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log.find(collection).map(info -> info.spec());
    }
}
