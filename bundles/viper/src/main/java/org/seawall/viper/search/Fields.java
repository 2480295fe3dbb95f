package org.seawall.viper.search;

import java.util.Set;
import java.util.TreeSet;
import org.seawall.search.Filter;

/** Which fields of metadata a filter looks at. */
final class Fields {
    private Fields() {}

    static Set<String> of(Filter filter) {
        Set<String> fields = new TreeSet<>();
        add(filter, fields);
        return Set.copyOf(fields);
    }

    private static void add(Filter part, Set<String> fields) {
        if (part instanceof Filter.Equal equal) {
            fields.add(equal.field());
        } else if (part instanceof Filter.In in) {
            fields.add(in.field());
        } else if (part instanceof Filter.Range range) {
            fields.add(range.field());
        } else if (part instanceof Filter.Exists exists) {
            fields.add(exists.field());
        } else if (part instanceof Filter.And and) {
            and.conditions().forEach(condition -> add(condition, fields));
        } else if (part instanceof Filter.Or or) {
            or.conditions().forEach(condition -> add(condition, fields));
        } else if (part instanceof Filter.Not not) {
            add(not.condition(), fields);
        }
    }
}
