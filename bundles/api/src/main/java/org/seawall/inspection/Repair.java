package org.seawall.inspection;

import java.util.List;
import java.util.Objects;

/**
 * What a repair did, or would do.
 *
 * @param steps one after the other
 * @param left what is not in order and was not touched, a line each: with what may be done about it
 * @param dryRun whether nothing was changed
 */
public record Repair(List<Step> steps, List<String> left, boolean dryRun) {
    /** Copies the lists. */
    public Repair {
        steps = List.copyOf(steps);
        left = List.copyOf(left);
    }

    /** What is done with a collection. */
    public enum Action {
        /** Cut off a write that was never acknowledged. */
        CUT_TORN_TAIL,
        /** Give up what stands behind the first damage. */
        TRUNCATE,
        /** Remove what was never acknowledged. */
        DROP_ORPHANS
    }

    /**
     * One repair of one collection.
     *
     * @param name the collection's name, {@code catalog}, or the id where there is no name
     * @param action what is done
     * @param files the files that are changed or removed, each copied aside before
     * @param copies the directory or file that holds the copies
     * @param batches valid batches that are given up
     * @param entries entries in these
     * @param firstSequence the first sequence that is given up and known; 0 if none is
     * @param lastSequence the last of them
     * @param detail why: the damage, one line
     */
    public record Step(
            String name,
            Action action,
            List<String> files,
            String copies,
            long batches,
            long entries,
            long firstSequence,
            long lastSequence,
            String detail) {
        /** Copies the list. */
        public Step {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(copies, "copies");
            Objects.requireNonNull(detail, "detail");
            files = List.copyOf(files);
        }
    }
}
