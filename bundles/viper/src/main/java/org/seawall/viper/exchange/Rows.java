package org.seawall.viper.exchange;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.viper.exchange.Layout.Cell;
import org.seawall.viper.exchange.Layout.Elements;
import org.seawall.viper.exchange.Layout.Pairs;

/** The rows of one row group, each an entry. */
final class Rows {
    private static final int MAX_PAIRS = 65_536;
    private static final float[] NO_VECTOR = {};
    private static final byte[] NO_PAYLOAD = {};

    private final Layout layout;
    private final int dimension;
    private final Map<Leaf, ColumnCursor> cursors;
    private Optional<ColumnCursor> reading = Optional.empty();

    /**
     * @param cursors one for each of the layout's leaves, at the begin of the group
     */
    Rows(Layout layout, int dimension, Map<Leaf, ColumnCursor> cursors) {
        this.layout = layout;
        this.dimension = dimension;
        this.cursors = cursors;
    }

    /** The column that was looked at last, of which an error tells; none if it is of the entry as a whole. */
    Optional<ColumnCursor> reading() {
        return reading;
    }

    long consumed() {
        return cursors.values().stream().mapToLong(ColumnCursor::consumed).sum();
    }

    /**
     * Reads the next row.
     *
     * @param number its number in the file, the id where there is no column of ids
     * @throws RuntimeException if it is no entry, or damaged
     * @throws IOException if the file cannot be read
     */
    Entry next(long number) throws IOException {
        String id =
                layout.id().isEmpty() ? Long.toString(number) : id(layout.id().get());
        float[] vector =
                layout.vector().isEmpty() ? NO_VECTOR : vector(layout.vector().get());
        Map<String, Object> metadata = metadata();
        byte[] payload = single(layout.payload(), Values::bytes).orElse(NO_PAYLOAD);
        long timestamp = moment(layout.timestamp());
        long expiry = moment(layout.expiry());
        reading = Optional.empty();
        return new Entry(Operation.PUT, id, vector, metadata, payload, timestamp, expiry);
    }

    /**
     * Holds the ends of the columns against the end of the rows.
     *
     * @throws RuntimeException if a column goes on
     */
    void end() throws IOException {
        for (ColumnCursor cursor : cursors.values()) {
            reading = Optional.of(cursor);
            cursor.end();
        }
    }

    private ColumnCursor at(Leaf leaf) {
        ColumnCursor cursor = cursors.get(leaf);
        reading = Optional.of(cursor);
        return cursor;
    }

    private String id(Cell cell) throws IOException {
        return at(cell.leaf())
                .single(cell.read())
                .orElseThrow(() -> new IllegalArgumentException("no id, expected one, actual=null"))
                .toString();
    }

    private <T> Optional<T> single(Optional<Leaf> leaf, Function<Values, T> read) throws IOException {
        return leaf.isEmpty() ? Optional.empty() : at(leaf.get()).single(read);
    }

    private long moment(Optional<Leaf> leaf) throws IOException {
        if (leaf.isEmpty()) {
            return 0;
        }
        Annotation annotation = Annotation.of(leaf.get().element());
        return single(leaf, values -> Scalar.moment(values.bits(), annotation.unit()))
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }

    private float[] vector(Elements elements) throws IOException {
        ColumnCursor cursor = at(elements.leaf());
        int definition = cursor.beginRow();
        if (definition < elements.there() && dimension > 0) {
            throw new IllegalArgumentException("no vector, expected dimension=" + dimension + ", actual=null");
        }
        float[] vector = new float[dimension];
        int length = 0;
        if (definition > elements.there()) {
            do {
                if (cursor.definition() < elements.leaf().maxDefinition()) {
                    throw new IllegalArgumentException("component is null, index=" + length);
                }
                float component = Component.next(cursor.values(), elements.leaf());
                if (length < dimension) {
                    vector[length] = component;
                }
                length++;
                // counted only so far that the error tells a length
            } while (length <= Entry.MAX_DIMENSION && cursor.more());
        }
        if (length != dimension) {
            throw new IllegalArgumentException("foreign dimension, expected=" + dimension + ", actual=" + length);
        }
        return vector;
    }

    private Map<String, Object> metadata() throws IOException {
        Map<String, Object> flat = new LinkedHashMap<>();
        Map<Integer, String> ids = new LinkedHashMap<>();
        for (Cell cell : layout.metadata()) {
            at(cell.leaf()).single(cell.read()).ifPresent(value -> {
                flat.put(cell.name(), value);
                if (cell.leaf().element().isSetField_id()) {
                    ids.put(cell.leaf().element().getField_id(), cell.name());
                }
            });
        }
        if (layout.pairs().isEmpty()) {
            return flat;
        }
        Pairs map = layout.pairs().get();
        List<Object> names = several(map.names(), Scalar.text());
        List<Object> values = several(map.values(), map.read());
        Optional<String> types = single(layout.types(), column -> Scalar.text(column.bytes()));
        return new TypedPairs(names, values, flat, ids).merged(types);
    }

    /** The elements of a row's list, nulls as null. */
    private List<Object> several(Elements elements, Function<Values, Object> read) throws IOException {
        ColumnCursor cursor = at(elements.leaf());
        List<Object> several = new ArrayList<>();
        if (cursor.beginRow() > elements.there()) {
            do {
                if (several.size() == MAX_PAIRS) {
                    throw new IllegalArgumentException("too many metadata pairs, limit=" + MAX_PAIRS);
                }
                boolean there = cursor.definition() == elements.leaf().maxDefinition();
                several.add(there ? read.apply(cursor.values()) : null);
            } while (cursor.more());
        }
        return several;
    }
}
