package org.seawall.viper.rank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The k nearest of the entries that it was offered; of equally near ones those with the lower sequences. Grows with what
 * it holds, not with k.
 */
public final class TopK {
    private static final Comparator<Candidate> NEAREST_FIRST =
            Comparator.comparingDouble(Candidate::rank).thenComparingLong(candidate -> candidate.entry.sequence());

    private final int k;
    private final PriorityQueue<Candidate> farthestFirst = new PriorityQueue<>(NEAREST_FIRST.reversed());

    /** An entry in the running. */
    public record Candidate(double rank, Found entry) {}

    /** What of an entry goes into a hit; shared by all queries that it is a candidate of. */
    public record Found(String id, long sequence, Map<String, Object> metadata, float[] vector) {
        private static final float[] NO_VECTOR = {};

        /** Without a vector. */
        public Found(String id, long sequence, Map<String, Object> metadata) {
            this(id, sequence, metadata, NO_VECTOR);
        }
    }

    /**
     * Nothing so far.
     *
     * @param k how many are kept
     */
    public TopK(int k) {
        this.k = k;
    }

    /** Whether an entry that comes behind all others in the order of sequences would be among the k nearest. */
    public boolean admits(double rank) {
        return farthestFirst.size() < k || rank < farthestFirst.peek().rank;
    }

    /** The largest rank among the k nearest; infinity while there are fewer. */
    public double farthest() {
        return farthestFirst.size() < k ? Double.POSITIVE_INFINITY : farthestFirst.peek().rank;
    }

    /** Adds an entry that {@link #admits} said yes to. */
    public void add(double rank, Found entry) {
        if (farthestFirst.size() == k) {
            farthestFirst.poll();
        }
        farthestFirst.add(new Candidate(rank, entry));
    }

    /** What is kept. */
    public List<Candidate> nearestFirst() {
        List<Candidate> sorted = new ArrayList<>(farthestFirst);
        sorted.sort(NEAREST_FIRST);
        return sorted;
    }
}
