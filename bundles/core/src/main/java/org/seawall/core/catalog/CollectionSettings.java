package org.seawall.core.catalog;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.seawall.Acknowledgement;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.engine.CommitWindow;
import org.seawall.core.engine.EngineSettings;
import org.seawall.core.engine.Retention;
import org.seawall.core.engine.Visibility;

/** The settings that are in effect for a collection: the log's, with the collection's own over them. Immutable. */
public final class CollectionSettings {
    private final Map<Setting, String> values;
    private final long inFlightBytes;
    private final Acknowledgement acknowledgement;
    private final EngineSettings engine;
    private final int maxEntryBytes;
    private final int maxBatchBytes;
    private final int maxBatchEntries;

    private CollectionSettings(Map<Setting, String> values, long inFlightBytes) {
        this.values = values;
        this.inFlightBytes = inFlightBytes;
        this.acknowledgement = Acknowledgement.valueOf(values.get(Setting.ACKNOWLEDGEMENT));
        this.engine = new EngineSettings(
                number(Setting.SEGMENT_BYTES),
                number(Setting.SEGMENT_MILLIS),
                number(Setting.GROUP_BYTES),
                (int) number(Setting.ARCHIVES),
                number(Setting.SYNC_MILLIS),
                Visibility.valueOf(values.get(Setting.VISIBILITY)),
                retention(),
                new CommitWindow((int) number(Setting.COMMITS_IN_FLIGHT), number(Setting.COMMIT_MILLIS)));
        this.maxEntryBytes = (int) number(Setting.MAX_ENTRY_BYTES);
        this.maxBatchBytes = (int) number(Setting.MAX_BATCH_BYTES);
        this.maxBatchEntries = (int) number(Setting.MAX_BATCH_ENTRIES);
    }

    private Retention retention() {
        return new Retention(
                (int) number(Setting.VERSIONS),
                number(Setting.ARCHIVE_MILLIS),
                (int) number(Setting.COMPACT_SEGMENTS),
                number(Setting.COMPACT_BYTES),
                (int) number(Setting.CLEAN_PERCENT),
                number(Setting.CLEAN_BYTES));
    }

    /**
     * The settings of a log.
     *
     * @param values what is configured; the rest is as usual
     * @return the settings, checked
     * @throws IllegalArgumentException naming the setting, its range and the value
     */
    public static CollectionSettings of(Map<Setting, ?> values) {
        EnumMap<Setting, String> checked = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Object value = values.get(setting);
            checked.put(setting, value == null ? setting.usual() : setting.checked(value.toString()));
        }
        return new CollectionSettings(checked, Long.MAX_VALUE);
    }

    /**
     * These settings in a log that takes no more than so many bytes at once: no collection may have larger batches.
     *
     * @param bytes the log's {@code inFlightBytes}
     * @return the settings; they refuse an override that is above
     */
    public CollectionSettings within(long bytes) {
        return new CollectionSettings(values, bytes);
    }

    /**
     * These settings with others over them.
     *
     * @param overrides values by name
     * @return the settings, checked
     * @throws IllegalArgumentException naming what is not a setting, or the setting, its range and the value
     */
    public CollectionSettings with(Map<String, String> overrides) {
        return with(overrides, problem -> {
            throw problem;
        });
    }

    /** These settings with others over them, as far as they are valid. */
    CollectionSettings with(Map<String, String> overrides, Consumer<IllegalArgumentException> problems) {
        if (overrides.isEmpty()) {
            return this;
        }
        EnumMap<Setting, String> merged = new EnumMap<>(values);
        overrides.forEach((name, text) -> {
            if (name.equals(CollectionSpec.COLUMNS)) {
                // is for sinks, and was checked with the specification
                return;
            }
            try {
                Setting setting = Setting.named(name).orElseThrow(() -> unknown(name));
                merged.put(setting, withinLog(setting, setting.checked(text)));
            } catch (IllegalArgumentException e) {
                problems.accept(e);
            }
        });
        return new CollectionSettings(merged, inFlightBytes);
    }

    /** A batch that could never be in flight would be refused for ever, however often its writer tries. */
    private String withinLog(Setting setting, String value) {
        if (setting == Setting.MAX_BATCH_BYTES && Long.parseLong(value) > inFlightBytes) {
            throw new IllegalArgumentException(
                    "setting above a limit of the log, lower it or raise inFlightBytes of the" + " log, "
                            + setting.attribute() + "=" + value + ", inFlightBytes=" + inFlightBytes);
        }
        return value;
    }

    private IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("not a setting of a collection, expected one of " + all().keySet() + " or "
                + CollectionSpec.COLUMNS + ", setting=" + name);
    }

    /**
     * All of them, for people.
     *
     * @return values by name
     */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        values.forEach((setting, value) -> all.put(setting.attribute(), value));
        return all;
    }

    /**
     * A setting that is a number.
     *
     * @param setting which
     * @return its value, within its range
     */
    public long number(Setting setting) {
        return Long.parseLong(values.get(setting));
    }

    /**
     * The level of an append that names none.
     *
     * @return the level
     */
    public Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /**
     * How the engine writes.
     *
     * @return always the same
     */
    public EngineSettings engine() {
        return engine;
    }

    /**
     * Limit of one encoded entry.
     *
     * @return bytes
     */
    public int maxEntryBytes() {
        return maxEntryBytes;
    }

    /**
     * Limit of one encoded batch.
     *
     * @return bytes
     */
    public int maxBatchBytes() {
        return maxBatchBytes;
    }

    /**
     * Limit of the entries of one batch.
     *
     * @return their number
     */
    public int maxBatchEntries() {
        return maxBatchEntries;
    }
}
