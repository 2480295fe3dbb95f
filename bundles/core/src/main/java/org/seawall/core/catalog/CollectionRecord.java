package org.seawall.core.catalog;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.directory.MovedFrom;
import org.seawall.core.directory.Place;
import org.seawall.core.engine.Crossing;

/**
 * A collection as an entry of the catalog's log: the entry's id is the collection's, and everything else is in its
 * metadata, so that any reader of the log's files can tell what the catalog says.
 *
 * @param info the collection
 * @param place where it is
 * @param from where it was moved from, as long as anything of it may be there
 * @param mover who is about to move it, on a storage without locks: nobody else does, nor he if another takes this back; or empty
 * @param dropping whether a drop was made durable, and only the files are left to be removed
 */
record CollectionRecord(CollectionInfo info, Place place, Optional<MovedFrom> from, String mover, boolean dropping) {
    private static final String SETTING = "setting.";
    private static final String TAG = "tag.";
    private static final String FROM = "from.";
    private static final String MOVER = "mover";

    /** A collection that stays where it was created. */
    CollectionRecord(CollectionInfo info, Place place, boolean dropping) {
        this(info, place, Optional.empty(), "", dropping);
    }

    CollectionRecord with(CollectionInfo newest) {
        return new CollectionRecord(newest, place, from, mover, dropping);
    }

    CollectionRecord dropped() {
        return new CollectionRecord(info, place, from, mover, true);
    }

    /** The same in another place. */
    CollectionRecord at(Place other, Optional<MovedFrom> source) {
        return new CollectionRecord(info, other, source, "", dropping);
    }

    /** The same for one who is about to move it. */
    CollectionRecord claimed(String by) {
        return new CollectionRecord(info, place, from, by, dropping);
    }

    /** Whether anything of it is read in the place that it comes from. */
    boolean across() {
        return from.filter(source -> !source.copied()).isPresent();
    }

    Entry entry() {
        CollectionSpec spec = info.spec();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", spec.name());
        fields.put("dimension", spec.dimension());
        fields.put("metric", spec.metric().name());
        fields.put("description", spec.description());
        fields.put("owner", spec.owner());
        fields.put("createdMillis", info.created().toEpochMilli());
        fields.put("updatedMillis", info.updated().toEpochMilli());
        fields.put("dropping", dropping);
        if (!place.first()) {
            fields.put("storage", place.storage());
            fields.put("url", place.url());
        }
        from.ifPresent(source -> put(source, fields));
        if (!mover.isEmpty()) {
            fields.put(MOVER, mover);
        }
        spec.settings().forEach((name, value) -> fields.put(SETTING + name, value));
        spec.tags().forEach((name, value) -> fields.put(TAG + name, value));
        return Entry.payload(info.id().toString(), new byte[0]).withMetadata(fields);
    }

    private static void put(MovedFrom from, Map<String, Object> fields) {
        fields.put(FROM + "storage", from.place().storage());
        fields.put(FROM + "url", from.place().url());
        fields.put(FROM + "segment", from.crossing().segment());
        fields.put(FROM + "active", from.crossing().active());
        fields.put(FROM + "activeBytes", from.crossing().activeBytes());
        fields.put(FROM + "copied", from.copied());
    }

    private static Optional<MovedFrom> from(Map<String, Object> fields) {
        if (!fields.containsKey(FROM + "storage")) {
            return Optional.empty();
        }
        Place place = new Place((String) fields.get(FROM + "storage"), (String) fields.get(FROM + "url"));
        Crossing crossing =
                new Crossing((Long) fields.get(FROM + "segment"), (String) fields.get(FROM + "active"), (Long)
                        fields.get(FROM + "activeBytes"));
        return Optional.of(new MovedFrom(place, crossing, (Boolean) fields.get(FROM + "copied")));
    }

    static CollectionRecord of(LoggedEntry logged) {
        Map<String, Object> fields = logged.entry().metadata();
        try {
            CollectionSpec spec = new CollectionSpec(
                    (String) fields.get("name"),
                    Math.toIntExact((Long) fields.get("dimension")),
                    Metric.valueOf((String) fields.get("metric")),
                    below(SETTING, fields),
                    below(TAG, fields),
                    (String) fields.get("description"),
                    (String) fields.get("owner"));
            CollectionInfo info = new CollectionInfo(
                    UUID.fromString(logged.entry().id()),
                    spec,
                    Instant.ofEpochMilli((Long) fields.get("createdMillis")),
                    Instant.ofEpochMilli((Long) fields.get("updatedMillis")));
            Place place =
                    new Place((String) fields.getOrDefault("storage", ""), (String) fields.getOrDefault("url", ""));
            String mover = (String) fields.getOrDefault(MOVER, "");
            return new CollectionRecord(info, place, from(fields), mover, (Boolean) fields.get("dropping"));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | ArithmeticException e) {
            LogCorruptException corrupt = new LogCorruptException(
                    "catalog entry is not a collection",
                    "name, dimension, metric and times",
                    fields.toString(),
                    logged.sequence(),
                    "catalog, sequence " + logged.sequence());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static Map<String, String> below(String prefix, Map<String, Object> fields) {
        Map<String, String> values = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), (String) value);
            }
        });
        return values;
    }
}
