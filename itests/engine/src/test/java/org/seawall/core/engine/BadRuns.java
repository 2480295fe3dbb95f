package org.seawall.core.engine;

import static org.seawall.core.engine.BadInputTest.patched;
import static org.seawall.core.engine.BadInputTest.text;
import static org.seawall.core.engine.BadInputTest.twice;
import static org.seawall.core.engine.BadInputs.HUGE;
import static org.seawall.core.engine.SmallLog.ACTIVE;
import static org.seawall.core.engine.SmallLog.RUN;
import static org.seawall.core.engine.SmallLog.SNAPSHOT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seawall.Recovery.Verdict;
import org.seawall.core.engine.BadInputTest.BadInput;
import org.seawall.spi.serializer.BatchSerializer;

/** What can be wrong with a compacted run of one serializer. */
final class BadRuns {
    private static final String BEHIND = "segments/wal_00000005_20250628142000.avro";
    private static final String LONGER = "segments/compacted_00000002_00000006_20250628142000.avro";

    private final BatchSerializer serializer;
    private final List<BadInput> cases = new ArrayList<>();
    private final List<LogImage> later = new ArrayList<>();

    BadRuns(BatchSerializer serializer) {
        this.serializer = serializer;
    }

    List<BadInput> all() throws IOException {
        LogImage other = image("c2");
        LogImage whole = image("c1");
        LogImage newer = later.get(0);
        names(whole);
        places(whole, newer);
        row("that of another collection", whole.with(RUN, other.file(RUN)), "compacted run of another log");
        contents(whole);
        lengths(whole);
        return List.copyOf(cases);
    }

    private void names(LogImage whole) {
        String missing = "segment missing";
        row("nothing", whole, Verdict.COMPLETE, "");
        row("missing, its segments archived", whole.without(RUN), Verdict.GAP, missing);
        row(
                "missing, its segments where they were",
                whole.withArchivedSegments().without(RUN),
                Verdict.COMPLETE,
                "");
        row("beside its segments", whole.withArchivedSegments(), Verdict.COMPLETE, "");
        row("renamed to another moment", whole.renamed(RUN, RUN.replace("142000", "142001")), Verdict.COMPLETE, "");
        row(
                "renamed to begin later",
                whole.renamed(RUN, RUN.replace("0002", "0003")),
                "compacted run begins elsewhere");
        row("renamed to begin earlier", whole.renamed(RUN, RUN.replace("0002", "0001")), Verdict.GAP, missing);
        row("renamed to end later", whole.renamed(RUN, RUN.replace("0004", "0005")), "compacted run ends elsewhere");
        row("renamed to end earlier", whole.renamed(RUN, RUN.replace("0004", "0003")), "compacted run ends elsewhere");
        row("renamed to no run's name", whole.renamed(RUN, "segments/compacted.avro"), Verdict.GAP, missing);
        row("what is behind it missing", whole.without(BEHIND), Verdict.GAP, missing);
    }

    private void places(LogImage whole, LogImage newer) {
        row("exchanged with the segment behind it", whole.swapped(RUN, BEHIND), "not a compacted run");
        row("exchanged with the active segment", whole.swapped(RUN, ACTIVE), "not a compacted run");
        row("exchanged with the snapshot", whole.swapped(RUN, SNAPSHOT), "compacted run in the place of the snapshot");
        row("in the place of the snapshot", whole.renamed(RUN, SNAPSHOT), "compacted run in the place of the snapshot");
        row("in the place of a segment", whole.with(BEHIND, whole.file(RUN)), "snapshot in the place of a segment");
        row("a longer one under its name", whole.with(RUN, newer.file(LONGER)), "compacted run ends elsewhere");
        row("under the name of a longer one", newer.with(LONGER, whole.file(RUN)), "compacted run ends elsewhere");
        row(
                "a longer one in its place",
                newer.without(LONGER).with(RUN, whole.file(RUN)),
                Verdict.GAP,
                "segment missing");
    }

    private void contents(LogImage whole) throws IOException {
        row("no byte", whole.with(RUN, new byte[0]), "not a segment");
        row("no byte, beside its segments", whole.withArchivedSegments().with(RUN, new byte[0]), "not a segment");
        row("text", whole.with(RUN, text()), "not a segment");
        row("zeroes", whole.with(RUN, new byte[10_000]), "not a segment");
        byte[] file = whole.file(RUN);
        List<Integer> at = offsets(file);
        row("cut behind its header", whole.with(RUN, Arrays.copyOf(file, at.get(0))), "kept entries are missing");
        row("cut at the end of a batch", whole.with(RUN, Arrays.copyOf(file, at.get(1))), "kept entries are missing");
        row("cut inside a batch", whole.with(RUN, Arrays.copyOf(file, at.get(1) + 20)), "batch ends behind the file");
        row("zeroes behind it", whole.with(RUN, Arrays.copyOf(file, file.length + 700)), "not a batch");
        row("a batch twice", whole.with(RUN, twice(file, at.get(0), at.get(1))), "kept entries of other sequences");
    }

    private void lengths(LogImage whole) throws IOException {
        byte[] file = whole.file(RUN);
        List<Integer> at = offsets(file);
        for (int batch = 0; batch < at.size() - 1; batch++) {
            row("huge length of batch " + (batch + 1), whole.with(RUN, patched(file, at.get(batch) + 1, HUGE)), "");
        }
        int inHeader = BadInputs.headerLength(serializer);
        row("huge length in the header", whole.with(RUN, patched(file, inHeader, HUGE)), "segment header not readable");
    }

    private List<Integer> offsets(byte[] file) throws IOException {
        try (SmallLog log = log("c1")) {
            return log.offsets(file);
        }
    }

    private LogImage image(String id) throws IOException {
        later.clear();
        try (SmallLog log = log(id)) {
            return log.writeCompacted(later);
        }
    }

    private SmallLog log(String id) {
        return SmallLog.collection(serializer, id);
    }

    private void row(String name, LogImage image, String fact) {
        row(name, image, Verdict.CORRUPT, fact);
    }

    private void row(String name, LogImage image, Verdict verdict, String fact) {
        cases.add(new BadInput(serializer.format() + ", compacted run: " + name, log("c1"), image, verdict, fact));
    }
}
