package org.seawall.viper.exchange;

import java.util.ArrayList;
import java.util.List;

/** The columns of values below fields. */
final class Leaves {
    private Leaves() {}

    /** In the order in which a row group has them. */
    static List<Leaf> of(List<Field> fields) {
        List<Leaf> leaves = new ArrayList<>();
        for (Field field : fields) {
            field.leaf().ifPresent(leaves::add);
            leaves.addAll(of(field.children()));
        }
        return leaves;
    }
}
