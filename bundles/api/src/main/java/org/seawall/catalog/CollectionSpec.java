package org.seawall.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.seawall.Entry;

/**
 * What a collection is to be. Name, dimension and metric are fixed for its life; the rest may be
 * {@linkplain Catalog#update updated}.
 *
 * @param name 1 to 255 of letters (A–Z, a–z), digits, {@code _ - .}, but neither {@code .} nor {@code ..}
 * @param dimension components of every vector, 1 to {@link Entry#MAX_DIMENSION}; 0 for a collection of opaque payloads
 * @param metric how vectors are compared; without meaning for payloads
 * @param settings values that override the log's configuration for this collection, under the configuration's names; which
 *     there are {@link org.seawall.WriteAheadLog#settings} tells; and {@link #COLUMNS}
 * @param tags words to find and group collections by
 * @param description for people
 * @param owner for people
 */
public record CollectionSpec(
        String name,
        int dimension,
        Metric metric,
        Map<String, String> settings,
        Map<String, String> tags,
        String description,
        String owner) {

    /** The setting that says which fields of metadata have columns of their own in a store, see {@link Column#parse}. */
    public static final String COLUMNS = "columns";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");

    /**
     * Checks name, dimension and columns, and copies the maps.
     *
     * @throws IllegalArgumentException if a value is out of its bounds; the message names the value and the bound
     */
    public CollectionSpec {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(owner, "owner");
        checkName(name);
        if (dimension < 0 || dimension > Entry.MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "dimension out of range, expected 1 to " + Entry.MAX_DIMENSION + ", dimension=" + dimension);
        }
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        String columns = settings.getOrDefault(COLUMNS, "");
        if (!Column.parse(columns).isEmpty() && dimension == 0) {
            throw new IllegalArgumentException(
                    "a collection of payloads has no columns, since its entries stay in the log, " + "columns="
                            + columns + ", collection=" + name);
        }
    }

    /**
     * A collection of vectors.
     *
     * @param name see {@link #name()}
     * @param dimension components of every vector, 1 to {@link Entry#MAX_DIMENSION}
     * @param metric how vectors are compared
     * @return the specification, with nothing else set
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public static CollectionSpec vectors(String name, int dimension, Metric metric) {
        if (dimension < 1) {
            throw new IllegalArgumentException(
                    "dimension out of range, expected 1 to " + Entry.MAX_DIMENSION + ", dimension=" + dimension);
        }
        return new CollectionSpec(name, dimension, metric, Map.of(), Map.of(), "", "");
    }

    /**
     * A collection of opaque payloads.
     *
     * @param name see {@link #name()}
     * @return the specification, with nothing else set
     * @throws IllegalArgumentException if the name is out of its bounds
     */
    public static CollectionSpec payloads(String name) {
        return new CollectionSpec(name, 0, Metric.L2, Map.of(), Map.of(), "", "");
    }

    /**
     * This specification with other settings.
     *
     * @param values the settings, all of them
     * @return a copy
     */
    public CollectionSpec withSettings(Map<String, String> values) {
        return new CollectionSpec(name, dimension, metric, values, tags, description, owner);
    }

    /**
     * Fields of metadata that have columns of their own in a store of flushed entries.
     *
     * @return columns, in the order in which they were declared
     */
    public List<Column> columns() {
        return Column.parse(settings.getOrDefault(COLUMNS, ""));
    }

    /**
     * This specification with other columns. What is flushed from then on has them; what was flushed before gets them when it is written
     * anew.
     *
     * @param columns all of them
     * @return a copy
     */
    public CollectionSpec withColumns(List<Column> columns) {
        Map<String, String> values = new TreeMap<>(settings);
        if (columns.isEmpty()) {
            values.remove(COLUMNS);
        } else {
            values.put(COLUMNS, Column.format(columns));
        }
        return withSettings(values);
    }

    /**
     * This specification with other tags.
     *
     * @param values the tags, all of them
     * @return a copy
     */
    public CollectionSpec withTags(Map<String, String> values) {
        return new CollectionSpec(name, dimension, metric, settings, values, description, owner);
    }

    /**
     * This specification with another description.
     *
     * @param text the description
     * @return a copy
     */
    public CollectionSpec withDescription(String text) {
        return new CollectionSpec(name, dimension, metric, settings, tags, text, owner);
    }

    /**
     * This specification with another owner.
     *
     * @param text the owner
     * @return a copy
     */
    public CollectionSpec withOwner(String text) {
        return new CollectionSpec(name, dimension, metric, settings, tags, description, text);
    }

    /**
     * Whether the collection holds opaque payloads and no vectors.
     *
     * @return true if the dimension is 0
     */
    public boolean holdsPayloads() {
        return dimension == 0;
    }

    /**
     * Checks a collection's name.
     *
     * @param name the name
     * @throws IllegalArgumentException if it is not one; the message names it and the rule
     */
    public static void checkName(String name) {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
            throw new IllegalArgumentException(
                    "not a collection name, expected 1 to 255 of letters, digits, _ - . but neither . nor .., length="
                            + name.length() + ", name=" + shown);
        }
    }
}
