package org.seawall.viper.store;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How to search.
 *
 * @param k how many results, at least 1
 * @param exact whether every vector is compared, instead of those that the codes propose
 * @param breadth how broadly an approximate search looks
 * @param nowMillis what has expired by then is not found
 * @param filter which metadata an entry has to have
 * @param extras what is not needed for a plain search
 */
public record SearchOptions(
        int k, boolean exact, Breadth breadth, long nowMillis, Predicate<Map<String, Object>> filter, Extras extras) {
    /**
     * What is not needed for a plain search.
     *
     * @param vectors whether what is found carries its vector
     * @param deadline when it has to be done
     * @param without names of parts that are left out
     */
    public record Extras(boolean vectors, Deadline deadline, Set<String> without) {
        /** None. */
        public static final Extras NONE = new Extras(false, Deadline.NONE, Set.of());
    }

    /** Lets everything through, and no metadata be read. */
    public static final Predicate<Map<String, Object>> ALL = metadata -> true;

    /**
     * Without extras.
     *
     * @param k how many results
     * @param exact whether every vector is compared
     * @param effort a factor for the number of candidates
     * @param nowMillis the moment
     * @param filter which metadata an entry has to have
     */
    public SearchOptions(int k, boolean exact, int effort, long nowMillis, Predicate<Map<String, Object>> filter) {
        this(k, exact, Breadth.effort(effort), nowMillis, filter, Extras.NONE);
    }

    /** Checks the ranges. */
    public SearchOptions {
        if (k < 1) {
            throw new IllegalArgumentException("search out of range, k=" + k + ", least=1");
        }
    }

    /**
     * Approximate by default, without a filter.
     *
     * @param k how many results
     * @param nowMillis the moment
     * @return the options
     */
    public static SearchOptions nearest(int k, long nowMillis) {
        return new SearchOptions(k, false, 1, nowMillis, ALL);
    }

    /**
     * Exact, without a filter.
     *
     * @param k how many results
     * @param nowMillis the moment
     * @return the options
     */
    public static SearchOptions exactly(int k, long nowMillis) {
        return new SearchOptions(k, true, 1, nowMillis, ALL);
    }

    /** How many candidates come through the signs of a query: more where there are few bits to tell them apart. */
    int coarse(int dimension) {
        return bounded((long) Math.max(2L * k, Math.max(400, 20L * k) * breadth.coarse() * wide(dimension)));
    }

    private static int bounded(long candidates) {
        return (int) Math.min(candidates, 1 << 22);
    }

    private static int wide(int dimension) {
        return Math.max(1, 256 / Math.max(1, dimension));
    }
}
