package org.seawall.core.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seawall.Acknowledgement;
import org.seawall.core.engine.CommitWindow;
import org.seawall.core.engine.Visibility;

/** What a log's configuration sets for all its collections and each of them may override, under the same name. */
public enum Setting {
    /** The level of an append that names none. */
    ACKNOWLEDGEMENT("acknowledgement", "DURABLE", Acknowledgement.values()),
    /** From when on readers see a batch. */
    VISIBILITY("visibility", "DURABLE", Visibility.values()),
    /** How long a write stays without a force at most. */
    SYNC_MILLIS("syncMillis", 1_000, 1, 3_600_000),
    /** At what length the active segment is sealed. */
    SEGMENT_BYTES("segmentBytes", 67_108_864, 65_536, 1 << 30),
    /** At what age it is sealed. */
    SEGMENT_MILLIS("segmentMillis", 3_600_000, 0, Long.MAX_VALUE),
    /** How many bytes share a force. */
    GROUP_BYTES("groupBytes", 8_388_608, 1024, Setting.MAX_COMMIT_BYTES),
    /** How many groups are in flight. */
    COMMITS_IN_FLIGHT("commitsInFlight", 4, 1, CommitWindow.MOST_GROUPS),
    /** How long a group waits for more batches while another is in flight. */
    COMMIT_MILLIS("commitMillis", 0, 0, 60_000),
    /** After how many bytes a snapshot is taken. */
    SNAPSHOT_BYTES("snapshotBytes", 536_870_912, 0, Long.MAX_VALUE),
    /** After which time a snapshot is taken. */
    SNAPSHOT_MILLIS("snapshotMillis", 0, 0, Long.MAX_VALUE),
    /** From how many bytes in memory on they are flushed to a sink. */
    FLUSH_BYTES("flushBytes", 16_777_216, 0, Long.MAX_VALUE),
    /** From how many entries on they are flushed. */
    FLUSH_ENTRIES("flushEntries", 0, 0, Long.MAX_VALUE),
    /** After which time they are flushed. */
    FLUSH_MILLIS("flushMillis", 60_000, 0, Long.MAX_VALUE),
    /** How many small segments in a row are merged. */
    COMPACT_SEGMENTS("compactSegments", 64, 0, 1_000_000),
    /** Below what length a segment is small. */
    COMPACT_BYTES("compactBytes", 8_388_608, 0, 1 << 30),
    /** From what share of dead bytes in memory on a snapshot is taken that leaves them out. */
    CLEAN_PERCENT("cleanPercent", 50, 0, 100),
    /** Fewer dead bytes are left alone. */
    CLEAN_BYTES("cleanBytes", 16_777_216, 0, Long.MAX_VALUE),
    /** How many versions of an id are kept. */
    VERSIONS("versions", 1, 1, 1_000_000),
    /** How many archived generations are kept. */
    ARCHIVES("archives", 8, 0, Integer.MAX_VALUE),
    /** How long they are kept. */
    ARCHIVE_MILLIS("archiveMillis", 0, 0, Setting.MAX_ARCHIVE_MILLIS),
    /** Limit of one entry. */
    MAX_ENTRY_BYTES("maxEntryBytes", 16_777_216, 1024, Setting.MAX_COMMIT_BYTES),
    /** Limit of one batch. */
    MAX_BATCH_BYTES("maxBatchBytes", 33_554_432, 1024, Setting.MAX_COMMIT_BYTES),
    /** Limit of the entries of one batch. */
    MAX_BATCH_ENTRIES("maxBatchEntries", 100_000, 1, 1 << 20);

    /** What is not forced stays within what the local file system writes again when it opens a file after a failed force. */
    private static final long MAX_COMMIT_BYTES = 60L << 20;

    /** A thousand years, which any clock can count back. */
    private static final long MAX_ARCHIVE_MILLIS = 1_000L * 366 * 86_400_000;

    private final String attribute;
    private final String usual;
    private final List<String> words;
    private final long min;
    private final long max;

    Setting(String attribute, long usual, long min, long max) {
        this.attribute = attribute;
        this.usual = Long.toString(usual);
        this.words = List.of();
        this.min = min;
        this.max = max;
    }

    Setting(String attribute, String usual, Enum<?>... words) {
        this.attribute = attribute;
        this.usual = usual;
        this.words = Arrays.stream(words).map(Enum::name).toList();
        this.min = 0;
        this.max = 0;
    }

    /**
     * The name in a configuration and in a collection's settings.
     *
     * @return such as {@code segmentBytes}
     */
    public String attribute() {
        return attribute;
    }

    /**
     * The value where nothing is configured.
     *
     * @return the same as the default of the log's configuration
     */
    public String usual() {
        return usual;
    }

    static Optional<Setting> named(String attribute) {
        return Arrays.stream(values())
                .filter(setting -> setting.attribute.equals(attribute))
                .findFirst();
    }

    /**
     * Checks a value.
     *
     * @param text a whole number or one of the words, in any case
     * @return the value as it is kept and shown
     * @throws IllegalArgumentException naming the setting, its range and the value
     */
    public String checked(String text) {
        if (words.isEmpty()) {
            return Long.toString(number(text.trim()));
        }
        String word = text.trim().toUpperCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw outOfRange(text);
        }
        return word;
    }

    private long number(String text) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw (IllegalArgumentException) outOfRange(text).initCause(e);
        }
        if (value < min || value > max) {
            throw outOfRange(text);
        }
        return value;
    }

    private IllegalArgumentException outOfRange(String text) {
        return new IllegalArgumentException("attribute out of range, expected "
                + (words.isEmpty() ? min + " to " + max : "one of " + words) + ", " + attribute + "=" + text);
    }
}
