package org.seawall.viper.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.catalog.Column;
import org.seawall.catalog.Metric;

/**
 * A manifest as text, to be read by people too; the last line is the checksum of all before:
 *
 * <pre>
 * seawall-viper-manifest 1
 * version 7 epoch 3 commit 0b5e… flushed 1200 dimension 784 metric L2
 * column 13 price DOUBLE declared
 * part 00000003-9c… rows 900 vectors 900 bytes 2900000 sequences 1 900 expiries 0 0 deletes - 0
 * crc32c 1a2b3c4d
 * </pre>
 */
final class ManifestText {
    private static final String FORMAT = "seawall-viper-manifest";
    private static final int VERSION = 1;

    /** Of a manifest with typed columns. */
    private static final int TYPED_VERSION = 2;

    private static final String DECLARED = "declared";
    private static final String RETIRED = "retired";
    private static final String CHECKSUM = "crc32c ";

    private ManifestText() {}

    static byte[] encode(Manifest manifest) {
        StringBuilder text = new StringBuilder(FORMAT + " " + version(manifest) + "\n");
        text.append("version ").append(manifest.version());
        text.append(" epoch ").append(manifest.epoch());
        text.append(" commit ").append(manifest.commit());
        text.append(" flushed ").append(manifest.flushed());
        text.append(" dimension ").append(manifest.dimension());
        text.append(" metric ").append(manifest.metric()).append('\n');
        for (TypedColumn column : manifest.columns()) {
            text.append("column ").append(column.id());
            text.append(' ').append(column.column().name());
            text.append(' ').append(column.column().type());
            text.append(' ').append(column.declared() ? DECLARED : RETIRED).append('\n');
        }
        for (PartEntry part : manifest.parts()) {
            text.append("part ").append(part.name());
            text.append(" rows ").append(part.rows());
            text.append(" vectors ").append(part.vectors());
            text.append(" bytes ").append(part.bytes());
            text.append(" sequences ").append(part.firstSequence()).append(' ').append(part.lastSequence());
            text.append(" expiries ").append(part.firstExpiry()).append(' ').append(part.lastExpiry());
            text.append(" deletes ").append(part.deletes().isEmpty() ? "-" : part.deletes());
            text.append(' ').append(part.deleted()).append('\n');
        }
        String checksum = checksum(text.toString());
        text.append(CHECKSUM).append(checksum).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int version(Manifest manifest) {
        return manifest.columns().isEmpty() ? VERSION : TYPED_VERSION;
    }

    /**
     * @param file where the text comes from, for messages
     * @throws LogCorruptException if it is damaged
     * @throws LogFormatException if it is of a later version
     */
    static Manifest decode(byte[] bytes, String file) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int last = text.lastIndexOf(CHECKSUM);
        if (!text.startsWith(FORMAT + " ") || last < 0) {
            throw new LogCorruptException("no manifest", FORMAT, start(text), 0, file);
        }
        String expected = text.substring(last + CHECKSUM.length()).strip();
        String actual = checksum(text.substring(0, last));
        if (!actual.equals(expected)) {
            throw new LogCorruptException("checksum of a manifest", expected, actual, last, file);
        }
        try {
            return decode(text.substring(0, last).split("\n"), file);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            LogCorruptException corrupt =
                    new LogCorruptException("manifest is not readable", "a manifest", e.getMessage(), 0, file);
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static Manifest decode(String[] lines, String file) {
        int format = Integer.parseInt(lines[0].substring(FORMAT.length() + 1));
        if (format < VERSION || format > TYPED_VERSION) {
            throw new LogFormatException(format, VERSION, TYPED_VERSION, file);
        }
        Words head = new Words(lines[1]);
        long version = head.number("version");
        long epoch = head.number("epoch");
        UUID commit = UUID.fromString(head.word("commit"));
        long flushed = head.number("flushed");
        int dimension = head.integer("dimension");
        Metric metric = Metric.valueOf(head.word("metric"));
        List<TypedColumn> columns = new ArrayList<>();
        List<PartEntry> parts = new ArrayList<>();
        for (int i = 2; i < lines.length; i++) {
            if (lines[i].startsWith("column ")) {
                columns.add(column(new Words(lines[i])));
            } else {
                parts.add(part(new Words(lines[i])));
            }
        }
        return new Manifest(version, epoch, commit, flushed, dimension, metric, parts, columns);
    }

    private static TypedColumn column(Words words) {
        int id = words.integer("column");
        Column column = new Column(words.next(), Column.Type.valueOf(words.next()));
        String state = words.next();
        if (!state.equals(DECLARED) && !state.equals(RETIRED)) {
            throw new IllegalArgumentException("expected=" + DECLARED + " or " + RETIRED + ", actual=" + state);
        }
        return new TypedColumn(id, column, state.equals(DECLARED));
    }

    private static PartEntry part(Words words) {
        String name = words.word("part");
        int rows = words.integer("rows");
        int vectors = words.integer("vectors");
        long bytes = words.number("bytes");
        long firstSequence = words.number("sequences");
        long lastSequence = words.number();
        long firstExpiry = words.number("expiries");
        long lastExpiry = words.number();
        String deletes = words.word("deletes");
        int deleted = Math.toIntExact(words.number());
        return new PartEntry(
                name,
                rows,
                vectors,
                bytes,
                firstSequence,
                lastSequence,
                firstExpiry,
                lastExpiry,
                deletes.equals("-") ? "" : deletes,
                deleted);
    }

    private static String checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", checksum.getValue());
    }

    private static String start(String text) {
        return text.substring(0, Math.min(40, text.length())).strip();
    }

    /** The words of a line, one after the other. */
    private static final class Words {
        private final String[] words;
        private int next;

        Words(String line) {
            this.words = line.split(" ");
        }

        String word(String name) {
            if (!words[next].equals(name)) {
                throw new IllegalArgumentException("expected=" + name + ", actual=" + words[next]);
            }
            next += 2;
            return words[next - 1];
        }

        long number(String name) {
            return Long.parseLong(word(name));
        }

        int integer(String name) {
            return Integer.parseInt(word(name));
        }

        long number() {
            return Long.parseLong(next());
        }

        String next() {
            return words[next++];
        }
    }
}
