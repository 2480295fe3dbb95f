package org.seawall.core.engine;

import static org.seawall.core.engine.BadInputTest.patched;
import static org.seawall.core.engine.BadInputTest.text;
import static org.seawall.core.engine.BadInputTest.twice;
import static org.seawall.core.engine.SmallLog.ACTIVE;
import static org.seawall.core.engine.SmallLog.CATALOG_SNAPSHOT;
import static org.seawall.core.engine.SmallLog.SNAPSHOT;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.seawall.Recovery.Verdict;
import org.seawall.core.engine.BadInputTest.BadInput;
import org.seawall.spi.serializer.BatchSerializer;

/** What can be wrong with a log of one serializer. */
final class BadInputs {
    /** As both formats write a length: 2^62 bytes, or half of it. */
    static final byte[] HUGE = HexFormat.of().parseHex("808080808080808040");

    private static final int MARKER_BYTES = 16;
    private static final String ARCHIVED = "archive/20250628_142000/wal_00000001_20250628142000.avro";

    private final BatchSerializer serializer;
    private final List<BadInput> cases = new ArrayList<>();
    private final List<LogImage> later = new ArrayList<>();

    BadInputs(BatchSerializer serializer) {
        this.serializer = serializer;
    }

    private static String sealed(int number) {
        return "segments/wal_0000000" + number + "_20250628142000.avro";
    }

    List<BadInput> ofCollection() throws IOException {
        cases.clear();
        LogImage whole = image("c1");
        LogImage newer = later.get(0);
        LogImage other = image("c2");
        names(whole);
        places(whole, newer);
        row(
                "a sealed segment of another collection",
                whole.with(sealed(3), other.file(sealed(3))),
                "segment of another log");
        row(
                "the active segment of another collection",
                whole.with(ACTIVE, other.file(ACTIVE)),
                "segment of another log");
        row(
                "the snapshot of another collection",
                whole.with(SNAPSHOT, other.file(SNAPSHOT)),
                "snapshot of another log");
        contents(whole);
        lengths(whole);
        return List.copyOf(cases);
    }

    private void names(LogImage whole) {
        String missing = "segment missing";
        row("nothing", whole, Verdict.COMPLETE, "");
        row("two sealed segments exchanged", whole.swapped(sealed(2), sealed(3)), "segment out of order");
        row("a sealed segment and the active one exchanged", whole.swapped(sealed(4), ACTIVE), "segment out of order");
        row(
                "a sealed segment renamed to another moment",
                whole.renamed(sealed(3), sealed(3).replace("142000", "142001")),
                missing);
        row("a sealed segment renamed to another number", whole.renamed(sealed(3), sealed(9)), missing);
        row("a sealed segment renamed to no segment's name", whole.renamed(sealed(3), "segments/wal_3.avro"), missing);
        row("the first segment behind the snapshot missing", whole.without(sealed(2)), missing);
        row("a segment missing in the middle", whole.without(sealed(3)), missing);
        row("the last sealed segment missing", whole.without(sealed(4)), missing);
        row("the active segment missing", whole.without(ACTIVE), missing);
    }

    private void places(LogImage whole, LogImage newer) {
        row("the snapshot missing, what it covers archived", whole.without(SNAPSHOT), "segment missing");
        row(
                "a snapshot from the past, what is behind it archived",
                newer.with(SNAPSHOT, whole.file(SNAPSHOT)),
                "segment missing");
        row(
                "a snapshot of later than the active segment",
                whole.with(SNAPSHOT, newer.file(SNAPSHOT)),
                "segment out of order");
        row(
                "the snapshot in the place of a segment",
                whole.with(sealed(3), whole.file(SNAPSHOT)),
                "snapshot in the place of a segment");
        row(
                "a segment in the place of the snapshot",
                whole.with(SNAPSHOT, whole.file(sealed(2))),
                "segment in the place of the snapshot");
        row(
                "a segment that the snapshot covers, not archived",
                whole.renamed(ARCHIVED, sealed(1)),
                Verdict.COMPLETE,
                "");
        row(
                "a file of somebody else among the segments",
                whole.with("segments/notes.txt", text()),
                Verdict.COMPLETE,
                "");
    }

    private void contents(LogImage whole) throws IOException {
        for (String path : List.of(sealed(3), ACTIVE, SNAPSHOT)) {
            row(path + ": no byte", whole.with(path, new byte[0]), "not a segment");
            row(path + ": text", whole.with(path, text()), "not a segment");
            row(path + ": zeroes", whole.with(path, new byte[10_000]), "not a segment");
        }
        byte[] file = whole.file(sealed(3));
        List<Integer> at = log("c1").offsets(file);
        row(
                "a sealed segment cut at the end of a batch",
                whole.with(sealed(3), Arrays.copyOf(file, at.get(1))),
                "chained checksum mismatch");
        row(
                "a sealed segment cut inside a batch",
                whole.with(sealed(3), Arrays.copyOf(file, at.get(1) + 20)),
                "batch ends behind the file");
        row(
                "a sealed segment with zeroes behind it",
                whole.with(sealed(3), Arrays.copyOf(file, file.length + 700)),
                "not a batch");
        row(
                "a batch of a sealed segment twice",
                whole.with(sealed(3), twice(file, at.get(0), at.get(1))),
                "batch out of order");
        byte[] tomorrow = ofTomorrow(file, at.get(0));
        row("a sealed segment of a newer version", whole.with(sealed(3), tomorrow), Verdict.FORMAT_TOO_NEW, "");
        byte[] snapshot = whole.file(SNAPSHOT);
        List<Integer> in = log("c1").offsets(snapshot);
        row(
                "a snapshot cut at the end of a batch",
                whole.with(SNAPSHOT, Arrays.copyOf(snapshot, in.get(1))),
                "kept entries are missing");
        row(
                "a batch of the snapshot twice",
                whole.with(SNAPSHOT, twice(snapshot, in.get(0), in.get(1))),
                "kept entries of other sequences");
    }

    /** A file that says version 9, under a right checksum of its header. */
    private byte[] ofTomorrow(byte[] file, int headerEnd) {
        byte[] tomorrow = file.clone();
        int version = 1
                + (serializer == Logs.AVRO
                        ? indexOf(file, "seawall.format\u00022".getBytes(StandardCharsets.US_ASCII))
                                + "seawall.format".length()
                        : indexOf(file, new byte[] {8, 2}));
        tomorrow[version] += 7;
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(tomorrow, 0, headerEnd - MARKER_BYTES);
            System.arraycopy(sha256.digest(), 0, tomorrow, headerEnd - MARKER_BYTES, MARKER_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
        return tomorrow;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    private void lengths(LogImage whole) throws IOException {
        for (String path : List.of(sealed(3), ACTIVE, SNAPSHOT)) {
            byte[] file = whole.file(path);
            List<Integer> at = log("c1").offsets(file);
            for (int batch = 0; batch < at.size() - 1; batch++) {
                String name = path + ": huge length of batch " + (batch + 1);
                row(name, whole.with(path, patched(file, at.get(batch) + prefix(), HUGE)), "");
            }
            row(
                    path + ": huge length in the header",
                    whole.with(path, patched(file, headerLength(serializer), HUGE)),
                    "segment header not readable");
        }
    }

    /** What stands before the length of a batch: a count or a tag. */
    private static int prefix() {
        return 1;
    }

    /** Where a length stands in a header: behind the magic and a count or a tag. */
    static int headerLength(BatchSerializer serializer) {
        return serializer == Logs.AVRO ? 4 + 1 : 9 + 1;
    }

    List<BadInput> ofCatalog() throws IOException {
        cases.clear();
        LogImage whole;
        LogImage collection = image("c1");
        try (SmallLog log = SmallLog.catalog(serializer)) {
            whole = log.write(new ArrayList<>());
        }
        List<String> changes = whole.files().keySet().stream()
                .filter(path -> path.startsWith("incremental/"))
                .toList();
        catalogRow("nothing", whole, Verdict.COMPLETE, "");
        catalogRow(
                "the first change behind the snapshot missing",
                whole.without(changes.get(0)),
                Verdict.GAP,
                "segment missing");
        catalogRow("a change missing in the middle", whole.without(changes.get(3)), Verdict.GAP, "segment missing");
        catalogRow(
                "two changes exchanged",
                whole.swapped(changes.get(2), changes.get(3)),
                Verdict.CORRUPT,
                "segment out of order");
        catalogRow(
                "a change without a byte", whole.with(changes.get(3), new byte[0]), Verdict.CORRUPT, "not a segment");
        catalogRow(
                "the newest change without a byte",
                whole.with(changes.get(changes.size() - 1), new byte[0]),
                Verdict.CORRUPT,
                "not a segment");
        catalogRow("the snapshot missing", whole.without(CATALOG_SNAPSHOT), Verdict.GAP, "segment missing");
        catalogRow(
                "the snapshot of a collection",
                whole.with(CATALOG_SNAPSHOT, collection.file(SNAPSHOT)),
                Verdict.CORRUPT,
                "snapshot of another log");
        catalogRow(
                "a segment of a collection",
                whole.with(changes.get(3), collection.file(sealed(3))),
                Verdict.CORRUPT,
                "segment of another log");
        return List.copyOf(cases);
    }

    private LogImage image(String id) throws IOException {
        later.clear();
        try (SmallLog log = log(id)) {
            return log.write(later);
        }
    }

    private SmallLog log(String id) {
        return SmallLog.collection(serializer, id);
    }

    private void row(String name, LogImage image, String fact) {
        row(name, image, fact.equals("segment missing") ? Verdict.GAP : Verdict.CORRUPT, fact);
    }

    private void row(String name, LogImage image, Verdict verdict, String fact) {
        cases.add(new BadInput(serializer.format() + ": " + name, log("c1"), image, verdict, fact));
    }

    private void catalogRow(String name, LogImage image, Verdict verdict, String fact) {
        SmallLog log = SmallLog.catalog(serializer);
        cases.add(new BadInput(serializer.format() + " catalog: " + name, log, image, verdict, fact));
    }
}
