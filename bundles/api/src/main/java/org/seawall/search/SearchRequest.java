package org.seawall.search;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is searched for, and how. Immutable; each method returns a changed copy. Approximate by default, without a filter and without a
 * deadline.
 */
public final class SearchRequest {
    /** The most that an effort may be. */
    public static final int MAX_EFFORT = 1_000;

    private final List<float[]> queries;
    private final int k;
    private final int offset;
    private final boolean exact;
    private final int effort;
    private final OptionalDouble recall;
    private final Optional<Filter> filter;
    private final Optional<Duration> deadline;
    private final boolean withVectors;
    private final boolean partial;

    private SearchRequest(
            List<float[]> queries,
            Page page,
            How how,
            Optional<Filter> filter,
            Optional<Duration> deadline,
            boolean withVectors,
            boolean partial) {
        this.queries = queries;
        this.k = page.k;
        this.offset = page.offset;
        this.exact = how.exact;
        this.effort = how.effort;
        this.recall = how.recall;
        this.filter = filter;
        this.deadline = deadline;
        this.withVectors = withVectors;
        this.partial = partial;
    }

    private record Page(int k, int offset) {}

    private record How(boolean exact, int effort, OptionalDouble recall) {}

    /**
     * The k nearest entries to each of several vectors.
     *
     * @param queries the vectors, not changed and not copied
     * @param k how many results, 1 to {@link VectorSearch#MAX_K}
     * @return the request
     * @throws IllegalArgumentException if k is out of its range
     */
    public static SearchRequest of(List<float[]> queries, int k) {
        Page page = page(k, 0);
        return new SearchRequest(
                List.copyOf(queries),
                page,
                new How(false, 1, OptionalDouble.empty()),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    /**
     * Searches for other vectors.
     *
     * @param vectors the vectors, not changed and not copied
     * @return a copy
     */
    public SearchRequest withQueries(List<float[]> vectors) {
        return new SearchRequest(
                List.copyOf(vectors),
                new Page(k, offset),
                new How(exact, effort, recall),
                filter,
                deadline,
                withVectors,
                partial);
    }

    private static Page page(int k, int offset) {
        if (k < 1 || k > VectorSearch.MAX_K) {
            throw new IllegalArgumentException("k out of range, expected 1 to " + VectorSearch.MAX_K + ", k=" + k);
        }
        if (offset < 0 || offset > VectorSearch.MAX_K - k) {
            throw new IllegalArgumentException("offset out of range, expected 0 to " + (VectorSearch.MAX_K - k)
                    + ", since offset and k are " + VectorSearch.MAX_K + " together at most, offset=" + offset + ", k="
                    + k);
        }
        return new Page(k, offset);
    }

    private SearchRequest with(Page page) {
        return new SearchRequest(queries, page, new How(exact, effort, recall), filter, deadline, withVectors, partial);
    }

    private SearchRequest with(How how) {
        return new SearchRequest(queries, new Page(k, offset), how, filter, deadline, withVectors, partial);
    }

    /**
     * Leaves out the nearest, as those of the pages before. Each page is searched anew: entries that change in between may move.
     *
     * @param count how many; with k {@link VectorSearch#MAX_K} together at most
     * @return a copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public SearchRequest withOffset(int count) {
        return with(page(k, count));
    }

    /**
     * Compares every vector.
     *
     * @return a copy
     */
    public SearchRequest exactly() {
        return with(new How(true, effort, OptionalDouble.empty()));
    }

    /**
     * Compares more vectors than by default.
     *
     * @param factor how many times as many candidates are looked at, 1 to {@link #MAX_EFFORT}
     * @return a copy that is approximate
     * @throws IllegalArgumentException if it is out of its range
     */
    public SearchRequest withEffort(int factor) {
        if (factor < 1 || factor > MAX_EFFORT) {
            throw new IllegalArgumentException(
                    "effort out of range, expected 1 to " + MAX_EFFORT + ", effort=" + factor);
        }
        return with(new How(false, factor, OptionalDouble.empty()));
    }

    /**
     * Compares as many vectors as a share of the true results needs, by an estimate: fewer than by default below 0.994. It is an average of
     * many queries, of which easy ones find more and hard ones less.
     *
     * @param share of the true results that is wanted on average, above 0 and up to 1; 1 is {@link #exactly}
     * @return a copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public SearchRequest withRecall(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("recall out of range, expected above 0 and up to 1, recall=" + share);
        }
        return share == 1 ? exactly() : with(new How(false, 1, OptionalDouble.of(share)));
    }

    /**
     * Finds only entries with metadata that matches.
     *
     * @param condition says which
     * @return a copy
     */
    public SearchRequest withFilter(Filter condition) {
        Optional<Filter> wanted = Optional.of(condition);
        return new SearchRequest(
                queries, new Page(k, offset), new How(exact, effort, recall), wanted, deadline, withVectors, partial);
    }

    /**
     * Ends with {@link SearchTimeoutException} when it takes longer.
     *
     * @param time how long it may take, from the call on
     * @return a copy
     * @throws IllegalArgumentException if it is not above 0
     */
    public SearchRequest within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time out of range, expected more than 0, time=" + time);
        }
        Optional<Duration> wanted = Optional.of(time);
        return new SearchRequest(
                queries, new Page(k, offset), new How(exact, effort, recall), filter, wanted, withVectors, partial);
    }

    /**
     * Has the hits carry their vectors.
     *
     * @return a copy
     */
    public SearchRequest withVectors() {
        return new SearchRequest(
                queries, new Page(k, offset), new How(exact, effort, recall), filter, deadline, true, partial);
    }

    /**
     * Goes on without what is missing or damaged in the storage; the result says what that is.
     *
     * @return a copy
     */
    public SearchRequest allowPartial() {
        return new SearchRequest(
                queries, new Page(k, offset), new How(exact, effort, recall), filter, deadline, withVectors, true);
    }

    /**
     * The vectors.
     *
     * @return in their order
     */
    public List<float[]> queries() {
        return queries;
    }

    /**
     * How many results of each.
     *
     * @return at least 1
     */
    public int k() {
        return k;
    }

    /**
     * The share of the true results that is aimed at.
     *
     * @return empty if an effort counts, or the request is exact
     */
    public OptionalDouble recall() {
        return recall;
    }

    /**
     * How many of the nearest are left out.
     *
     * @return 0 by default
     */
    public int offset() {
        return offset;
    }

    /**
     * Whether every vector is compared.
     *
     * @return false by default
     */
    public boolean exact() {
        return exact;
    }

    /**
     * How many times as many candidates are looked at as by default.
     *
     * @return at least 1
     */
    public int effort() {
        return effort;
    }

    /**
     * Which metadata an entry has to have.
     *
     * @return empty for any
     */
    public Optional<Filter> filter() {
        return filter;
    }

    /**
     * How long it may take.
     *
     * @return empty for any time
     */
    public Optional<Duration> deadline() {
        return deadline;
    }

    /**
     * Whether hits carry their vectors.
     *
     * @return false by default
     */
    public boolean vectors() {
        return withVectors;
    }

    /**
     * Whether a part of the entries is better than an error.
     *
     * @return false by default
     */
    public boolean partial() {
        return partial;
    }

    @Override
    public String toString() {
        return "SearchRequest[queries=" + queries.size() + ", k=" + k + ", offset=" + offset + ", "
                + (exact ? "exact" : "effort=" + effort) + ", filter="
                + filter.map(Objects::toString).orElse("none")
                + ", deadline=" + deadline.map(Objects::toString).orElse("none") + "]";
    }
}
