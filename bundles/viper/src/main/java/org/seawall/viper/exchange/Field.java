package org.seawall.viper.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * A node of a file's schema.
 *
 * @param element what the file says of it
 * @param definition the definition level at which it is there
 * @param leaf the column, for one that has values
 * @param children in their order, for a group
 */
record Field(SchemaElement element, int definition, Optional<Leaf> leaf, List<Field> children) {
    private static final int MAX_DEPTH = 100;

    /**
     * The columns of a file, each with what is below it.
     *
     * @throws IllegalArgumentException if the elements are no tree
     */
    static List<Field> of(List<SchemaElement> elements) {
        Builder builder = new Builder(elements.iterator());
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("schema without a root");
        }
        List<Field> fields = builder.children(elements.get(0), "", 0, 0);
        if (builder.elements.hasNext()) {
            throw new IllegalArgumentException("schema is no tree, elements=" + elements.size());
        }
        return fields;
    }

    String name() {
        return element.getName();
    }

    boolean isRepeated() {
        return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    /** For people, and to tell one schema from another. */
    @Override
    public String toString() {
        if (leaf.isEmpty()) {
            return element.getRepetition_type() + " " + name() + " " + children;
        }
        String annotation = Annotation.of(element).toString();
        return element.getRepetition_type() + " " + name() + " " + element.getType()
                + (annotation.isEmpty() ? "" : " " + annotation);
    }

    /** Elements come depth first, a group before what is in it. */
    private static final class Builder {
        private final Iterator<SchemaElement> elements;
        private int leaves;
        private int depth;

        Builder(Iterator<SchemaElement> elements) {
            this.elements = elements;
            if (elements.hasNext()) {
                elements.next();
            }
        }

        List<Field> children(SchemaElement group, String path, int repetition, int definition) {
            if (++depth > MAX_DEPTH) {
                throw new IllegalArgumentException("schema too deep, limit=" + MAX_DEPTH + ", column=" + path);
            }
            List<Field> children = new ArrayList<>();
            for (int i = 0; i < group.getNum_children(); i++) {
                if (!elements.hasNext()) {
                    throw new IllegalArgumentException(
                            "schema is no tree, children=" + group.getNum_children() + ", column=" + path);
                }
                children.add(field(elements.next(), path, repetition, definition));
            }
            depth--;
            return List.copyOf(children);
        }

        private Field field(SchemaElement element, String above, int repetition, int definition) {
            String path = above.isEmpty() ? element.getName() : above + "." + element.getName();
            FieldRepetitionType kind = element.getRepetition_type();
            if (kind == null) {
                throw new IllegalArgumentException("schema does not say how often, column=" + path);
            }
            int repeated = repetition + (kind == FieldRepetitionType.REPEATED ? 1 : 0);
            int defined = definition + (kind == FieldRepetitionType.REQUIRED ? 0 : 1);
            if (element.getType() == null) {
                return new Field(element, defined, Optional.empty(), children(element, path, repeated, defined));
            }
            Leaf leaf = new Leaf(leaves++, path, element, repeated, defined);
            return new Field(element, defined, Optional.of(leaf), List.of());
        }
    }
}
