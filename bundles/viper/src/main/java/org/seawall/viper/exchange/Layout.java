package org.seawall.viper.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.parquet.format.Type;
import org.seawall.viper.exchange.Annotation.Meaning;

/**
 * Which columns of a file become what of an entry.
 *
 * @param id what entries are called, or empty for the numbers of their rows
 * @param vector empty only for a collection of payloads
 * @param pairs a map of metadata
 * @param types what the map's texts were, in one of our files
 * @param payload bytes
 * @param timestamp in one of our files
 * @param expiry in one of our files
 * @param metadata all other columns of one value a row
 * @param unread the columns that become nothing
 */
record Layout(
        Optional<Cell> id,
        Optional<Elements> vector,
        Optional<Pairs> pairs,
        Optional<Leaf> types,
        Optional<Leaf> payload,
        Optional<Leaf> timestamp,
        Optional<Leaf> expiry,
        List<Cell> metadata,
        List<Field> unread) {

    private static final List<String> IDS = List.of("id", "_id", "key");
    private static final List<String> VECTORS = List.of("vector", "embedding", "emb", "values");
    private static final Set<String> PLACES = Set.of("sequence", "version");

    /** A column of one value a row at most. */
    record Cell(Leaf leaf, Function<Values, Object> read) {
        String name() {
            return leaf.path();
        }
    }

    /**
     * A column of lists.
     *
     * @param leaf the elements
     * @param there the definition level of a list that is there, if nothing is in it
     */
    record Elements(Leaf leaf, int there) {}

    /** A column of maps. */
    record Pairs(Elements names, Elements values, Function<Values, Object> read) {}

    /**
     * @param fields the columns of the file
     * @param withVectors whether entries have vectors
     * @throws IllegalArgumentException if entries cannot be made of them; names which, and what was expected
     */
    static Layout of(List<Field> fields, boolean withVectors) {
        checkNames(fields);
        List<Field> left = new ArrayList<>(fields);
        Optional<Elements> vector = vector(left, withVectors);
        Optional<Leaf> payload = named(left, "payload", Scalar::isOpaque);
        Optional<Pairs> pairs = pairs(left);
        Optional<Leaf> types = pairs.isEmpty() ? Optional.empty() : named(left, "metadata_types", Layout::isText);
        Optional<Leaf> timestamp = types.isEmpty() ? Optional.empty() : named(left, "timestamp", Layout::isMoment);
        Optional<Leaf> expiry = types.isEmpty() ? Optional.empty() : named(left, "expires_at", Layout::isMoment);
        if (types.isPresent()) {
            // where an entry was, which the log that takes it tells anew
            left.removeIf(field -> PLACES.contains(field.name()));
        }
        Optional<Cell> id = id(left);
        List<Cell> metadata = new ArrayList<>();
        left.removeIf(field -> cell(field).map(metadata::add).isPresent());
        return new Layout(
                id, vector, pairs, types, payload, timestamp, expiry, List.copyOf(metadata), List.copyOf(left));
    }

    /** All columns that are read. */
    List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        id.ifPresent(cell -> leaves.add(cell.leaf()));
        vector.ifPresent(elements -> leaves.add(elements.leaf()));
        pairs.ifPresent(
                map -> leaves.addAll(List.of(map.names().leaf(), map.values().leaf())));
        List.of(types, payload, timestamp, expiry).forEach(leaf -> leaf.ifPresent(leaves::add));
        metadata.forEach(cell -> leaves.add(cell.leaf()));
        return leaves;
    }

    private static void checkNames(List<Field> fields) {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (field.name().isEmpty() || !names.add(field.name())) {
                throw new IllegalArgumentException(
                        "columns of one name, or of none, expected different ones, column=" + field.name());
            }
        }
    }

    private static Optional<Elements> vector(List<Field> left, boolean withVectors) {
        Optional<Field> found = VECTORS.stream()
                .flatMap(name -> left.stream().filter(field -> field.name().equals(name)))
                .filter(field -> numbers(field).isPresent())
                .findFirst();
        if (found.isEmpty() && withVectors) {
            found = Optional.of(only(left));
        }
        found.ifPresent(left::remove);
        return found.flatMap(Layout::numbers);
    }

    /** The only list of floats, or where there is none the only one of other numbers. */
    private static Field only(List<Field> fields) {
        List<Field> lists =
                fields.stream().filter(field -> numbers(field).isPresent()).toList();
        List<Field> floats = lists.stream()
                .filter(field -> isFloat(numbers(field).orElseThrow().leaf()))
                .toList();
        List<Field> candidates = floats.isEmpty() ? lists : floats;
        if (candidates.size() != 1) {
            throw new IllegalArgumentException(
                    (candidates.isEmpty() ? "no column of vectors" : "several columns of vectors")
                            + ", expected=a list of float or double named one of " + VECTORS
                            + ", or the only list of numbers"
                            + ", found=" + (candidates.isEmpty() ? fields : candidates));
        }
        return candidates.get(0);
    }

    private static boolean isFloat(Leaf leaf) {
        return leaf.type() == Type.FLOAT || leaf.type() == Type.DOUBLE || leaf.type() == Type.FIXED_LEN_BYTE_ARRAY;
    }

    /** A list in any of the shapes that writers made of it: with a group around each element, or without, or without one around all. */
    private static Optional<Elements> numbers(Field field) {
        int there = field.isRepeated() ? 0 : field.definition();
        return element(field)
                .flatMap(Field::leaf)
                .filter(leaf -> leaf.maxRepetition() == 1 && isNumber(leaf))
                .map(leaf -> new Elements(leaf, there));
    }

    private static Optional<Field> element(Field field) {
        if (field.isRepeated()) {
            return Optional.of(field);
        }
        if (field.children().size() != 1 || !field.children().get(0).isRepeated()) {
            return Optional.empty();
        }
        Field repeated = field.children().get(0);
        return repeated.leaf().isPresent() || repeated.children().size() != 1
                ? Optional.of(repeated)
                : Optional.of(repeated.children().get(0));
    }

    private static boolean isNumber(Leaf leaf) {
        Meaning meaning = Annotation.of(leaf.element()).meaning();
        return switch (leaf.type()) {
            case FLOAT, DOUBLE -> true;
            case INT32, INT64 -> meaning == Meaning.NONE || meaning == Meaning.UNSIGNED;
            case FIXED_LEN_BYTE_ARRAY -> meaning == Meaning.HALF;
            default -> false;
        };
    }

    private static Optional<Pairs> pairs(List<Field> left) {
        Optional<Field> map = left.stream()
                .filter(field -> field.name().equals("metadata") && !field.isRepeated())
                .filter(field -> field.children().size() == 1)
                .findFirst();
        Optional<Pairs> pairs =
                map.flatMap(field -> pairs(field, field.children().get(0)));
        pairs.ifPresent(found -> map.ifPresent(left::remove));
        return pairs;
    }

    private static Optional<Pairs> pairs(Field map, Field pair) {
        if (!pair.isRepeated() || pair.children().size() != 2) {
            return Optional.empty();
        }
        Optional<Leaf> name = pair.children().get(0).leaf().filter(Layout::isText);
        Optional<Leaf> value = pair.children().get(1).leaf().filter(leaf -> leaf.maxRepetition() == 1);
        return name.flatMap(names -> value.flatMap(values -> Scalar.of(values)
                .map(read -> new Pairs(
                        new Elements(names, map.definition()), new Elements(values, map.definition()), read))));
    }

    private static Optional<Leaf> named(List<Field> left, String name, Predicate<Leaf> kind) {
        Optional<Field> found = left.stream()
                .filter(field -> field.name().equals(name) && !field.isRepeated())
                .filter(field -> field.leaf().filter(kind).isPresent())
                .findFirst();
        found.ifPresent(left::remove);
        return found.flatMap(Field::leaf);
    }

    private static boolean isText(Leaf leaf) {
        return leaf.type() == Type.BYTE_ARRAY
                && (Scalar.isOpaque(leaf) || Annotation.of(leaf.element()).meaning() == Meaning.TEXT);
    }

    private static boolean isMoment(Leaf leaf) {
        return leaf.type() == Type.INT64 && Annotation.of(leaf.element()).meaning() == Meaning.TIMESTAMP;
    }

    private static Optional<Cell> id(List<Field> left) {
        Optional<Field> found = IDS.stream()
                .flatMap(name -> left.stream().filter(field -> field.name().equals(name)))
                .findFirst();
        found.ifPresent(left::remove);
        return found.map(field -> field.leaf()
                .filter(leaf -> leaf.maxRepetition() == 0)
                .flatMap(Layout::id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "column of ids, expected a string, an integer or a UUID, found=" + field)));
    }

    private static Optional<Cell> id(Leaf leaf) {
        Meaning meaning = Annotation.of(leaf.element()).meaning();
        if (isText(leaf)) {
            return Optional.of(new Cell(leaf, Scalar.text()));
        }
        boolean integer = (leaf.type() == Type.INT32 || leaf.type() == Type.INT64)
                && (meaning == Meaning.NONE || meaning == Meaning.UNSIGNED);
        return integer || meaning == Meaning.UUID
                ? Scalar.of(leaf).map(read -> new Cell(leaf, read))
                : Optional.empty();
    }

    private static Optional<Cell> cell(Field field) {
        return field.leaf()
                .filter(leaf -> leaf.maxRepetition() == 0)
                .flatMap(leaf -> Scalar.of(leaf).map(read -> new Cell(leaf, read)));
    }
}
