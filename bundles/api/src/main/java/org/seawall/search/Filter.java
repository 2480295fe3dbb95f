package org.seawall.search;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A condition on the metadata of an entry. Whole and real numbers are compared by their value; text by its UTF-16 code units. A field that
 * an entry does not have, or that has a value of another kind, matches nothing but {@link Not}.
 *
 * <p>As text, see {@link #parse}: {@code price >= 10 and color in ("red", "blue") and not exists(sold)}.
 */
public sealed interface Filter {
    /**
     * Whether an entry matches.
     *
     * @param metadata the entry's
     * @return whether it does
     */
    boolean matches(Map<String, Object> metadata);

    /**
     * Reads a filter: comparisons {@code field = value}, with {@code = != < <= > >=}, {@code field in (value, …)} and
     * {@code exists(field)}, joined by {@code not}, {@code and}, {@code or} in the order of their strength, and parentheses. A value is a
     * number, {@code true}, {@code false}, or text in single or double quotes, where a backslash takes the next character as it is. A field
     * is a word of letters, digits and {@code _ . -}, or in backquotes. {@code a != b} is {@code not a = b}. Bounds on both sides are
     * {@code 1 <= field < 5}; numbers beyond all others {@code Infinity}, {@code -Infinity} and {@code NaN}, which is equal to itself
     * and above all others. What {@code toString} of a filter says is read as an equal filter, but for a join of one condition, which is
     * read as the condition.
     *
     * @param text the filter
     * @return the same as a condition
     * @throws IllegalArgumentException if it is none; names the place and what was expected there
     */
    static Filter parse(String text) {
        return new FilterParser(text).parse();
    }

    /**
     * A field has a value.
     *
     * @param field the field
     * @param value text, a number or a truth value
     */
    record Equal(String field, Object value) implements Filter {
        /** Checks the value. */
        public Equal {
            value = FilterValues.checked(field, value);
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            Object found = metadata.get(field);
            return found != null && FilterValues.comparable(found, value) && FilterValues.compare(found, value) == 0;
        }

        @Override
        public String toString() {
            return FilterValues.name(field) + " = " + FilterValues.text(value);
        }
    }

    /**
     * A field has one of several values.
     *
     * @param field the field
     * @param values at least one
     */
    record In(String field, List<Object> values) implements Filter {
        /** Checks the values. */
        public In {
            String name = field;
            if (values.isEmpty()) {
                throw new IllegalArgumentException("no values to compare with, expected at least 1, field=" + field);
            }
            values = values.stream()
                    .map(value -> FilterValues.checked(name, value))
                    .toList();
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            Object found = metadata.get(field);
            return found != null
                    && values.stream()
                            .anyMatch(value ->
                                    FilterValues.comparable(found, value) && FilterValues.compare(found, value) == 0);
        }

        @Override
        public String toString() {
            return FilterValues.name(field) + " in "
                    + values.stream().map(FilterValues::text).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * A field is within bounds.
     *
     * @param field the field
     * @param from the lower bound
     * @param to the upper bound
     */
    record Range(String field, Optional<Bound> from, Optional<Bound> to) implements Filter {
        /** Checks that there is a bound, and that both are of one kind. */
        public Range {
            Objects.requireNonNull(field, "field");
            if (from.isEmpty() && to.isEmpty()) {
                throw new IllegalArgumentException("range without a bound, field=" + field);
            }
            if (from.isPresent()
                    && to.isPresent()
                    && !FilterValues.comparable(from.get().value(), to.get().value())) {
                throw new IllegalArgumentException("bounds of two kinds, from="
                        + from.get().value() + ", to=" + to.get().value() + ", field=" + field);
            }
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            Object found = metadata.get(field);
            return found != null
                    && from.filter(bound -> !bound.holds(found, 1)).isEmpty()
                    && to.filter(bound -> !bound.holds(found, -1)).isEmpty();
        }

        @Override
        public String toString() {
            String name = FilterValues.name(field);
            if (from.isEmpty()) {
                return name
                        + (to.get().included() ? " <= " : " < ")
                        + FilterValues.text(to.get().value());
            }
            if (to.isEmpty()) {
                return name
                        + (from.get().included() ? " >= " : " > ")
                        + FilterValues.text(from.get().value());
            }
            return FilterValues.text(from.get().value())
                    + (from.get().included() ? " <= " : " < ")
                    + name
                    + (to.get().included() ? " <= " : " < ")
                    + FilterValues.text(to.get().value());
        }
    }

    /**
     * An end of a range.
     *
     * @param value text or a number
     * @param included whether the value itself is in the range
     */
    record Bound(Object value, boolean included) {
        /** Checks the value. */
        public Bound {
            value = FilterValues.checked("", value);
            if (value instanceof Boolean) {
                throw new IllegalArgumentException("truth values have no order, value=" + value);
            }
        }

        private boolean holds(Object found, int side) {
            if (!FilterValues.comparable(found, value)) {
                return false;
            }
            int order = FilterValues.compare(found, value) * side;
            return order > 0 || included && order == 0;
        }
    }

    /**
     * An entry has a field.
     *
     * @param field the field
     */
    record Exists(String field) implements Filter {
        /** Checks that there is a name. */
        public Exists {
            Objects.requireNonNull(field, "field");
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            return metadata.containsKey(field);
        }

        @Override
        public String toString() {
            return "exists(" + FilterValues.name(field) + ")";
        }
    }

    /**
     * All conditions hold.
     *
     * @param conditions at least one
     */
    record And(List<Filter> conditions) implements Filter {
        /** Copies the list. */
        public And {
            conditions = FilterValues.some(conditions);
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            return conditions.stream().allMatch(condition -> condition.matches(metadata));
        }

        @Override
        public String toString() {
            return FilterValues.joined(conditions, " and ");
        }
    }

    /**
     * At least one condition holds.
     *
     * @param conditions at least one
     */
    record Or(List<Filter> conditions) implements Filter {
        /** Copies the list. */
        public Or {
            conditions = FilterValues.some(conditions);
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            return conditions.stream().anyMatch(condition -> condition.matches(metadata));
        }

        @Override
        public String toString() {
            return FilterValues.joined(conditions, " or ");
        }
    }

    /**
     * A condition does not hold.
     *
     * @param condition the condition
     */
    record Not(Filter condition) implements Filter {
        /** Checks that there is one. */
        public Not {
            Objects.requireNonNull(condition, "condition");
        }

        @Override
        public boolean matches(Map<String, Object> metadata) {
            return !condition.matches(metadata);
        }

        @Override
        public String toString() {
            return "not (" + condition + ")";
        }
    }
}
