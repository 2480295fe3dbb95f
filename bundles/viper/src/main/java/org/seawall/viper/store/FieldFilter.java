package org.seawall.viper.store;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A condition on metadata that looks at some fields only. Of parts that have typed columns for all of them nothing else is read. */
public interface FieldFilter extends Predicate<Map<String, Object>> {
    /**
     * The fields that it looks at.
     *
     * @return names
     */
    Set<String> fields();
}
