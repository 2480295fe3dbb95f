package org.seawall.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a scenario has submitted and what was acknowledged to it, as changes of a state. For a log the state is the list of its
 * batches; for a catalog its collections. Safe for use by several threads.
 *
 * @param <S> a state; never changed, compared by {@code equals} and shown in messages
 */
public final class Ledger<S> {
    /** The states that may be behind everything that was acknowledged: several if something before it had failed. */
    private Set<S> acknowledged;

    /** What was submitted since, in its order. */
    private final List<UnaryOperator<S>> submitted = new ArrayList<>();

    /** How many of the submissions survive the death of the process, if the machine goes on. */
    private int written;

    private int recoveries;

    /**
     * A ledger without an entry.
     *
     * @param nothing the state before the first submission
     */
    public Ledger(S nothing) {
        acknowledged = Set.of(nothing);
    }

    /**
     * Notes a submission before it is made.
     *
     * @param change makes the state with it out of the state without it
     */
    public synchronized void submitted(UnaryOperator<S> change) {
        submitted.add(change);
    }

    /** Notes that everything that was submitted so far is acknowledged. */
    public synchronized void acknowledged() {
        acknowledged = behindAll();
        settled();
    }

    /**
     * Notes that everything that was submitted so far is acknowledged as written: the death of the process alone loses
     * nothing of it, a loss of power may lose it from its end.
     */
    public synchronized void written() {
        written = submitted.size();
    }

    /**
     * Notes that a reader, who is shown nothing that can be lost, has seen a state: what is in it counts as acknowledged.
     *
     * @param state what was seen
     * @throws AssertionError if it is none that was submitted
     */
    public synchronized void seen(S state) {
        for (int i = 0; i <= submitted.size(); i++) {
            if (after(submitted.subList(0, i)).contains(state)) {
                acknowledged = Set.of(state);
                submitted.subList(0, i).clear();
                written = Math.max(0, written - i);
                return;
            }
        }
        throw new AssertionError("seen what was not submitted, seen=" + state + ", acknowledged=" + acknowledged
                + ", submitted=" + behindAll());
    }

    /** The machine loses its power: what is only written may go. */
    synchronized void powerLost() {
        written = 0;
    }

    private void settled() {
        submitted.clear();
        written = 0;
    }

    /** Notes that the last submission failed: it may or may not take place, and others go on without it. */
    public synchronized void failed() {
        if (submitted.size() != 1) {
            throw new IllegalStateException("one submission can fail at a time, submitted=" + submitted.size());
        }
        UnaryOperator<S> change = submitted.remove(0);
        written = 0;
        Set<S> with = new LinkedHashSet<>(acknowledged);
        acknowledged.forEach(state -> with.add(change.apply(state)));
        acknowledged = with;
    }

    /**
     * Checks a state that was read back against law 1: all that was acknowledged, all that was written if only the process
     * has died, and of the rest that was submitted the first part, in order, without a gap. From now on it counts as acknowledged, since somebody has seen it.
     *
     * @param state what was read back
     * @throws AssertionError if it is none that may be
     */
    public synchronized void recovered(S state) {
        Set<S> allowed = new LinkedHashSet<>();
        for (int i = written; i <= submitted.size(); i++) {
            allowed.addAll(after(submitted.subList(0, i)));
        }
        if (!allowed.contains(state)) {
            throw new AssertionError("recovered what was not submitted, or not all that was acknowledged, recovered="
                    + state + ", acknowledged=" + acknowledged + ", written=" + after(submitted.subList(0, written))
                    + ", submitted=" + behindAll());
        }
        settled();
        acknowledged = Set.of(state);
        recoveries++;
    }

    synchronized int recoveries() {
        return recoveries;
    }

    private Set<S> behindAll() {
        return after(submitted);
    }

    private Set<S> after(List<UnaryOperator<S>> changes) {
        Set<S> states = new LinkedHashSet<>();
        for (S state : acknowledged) {
            S changed = state;
            for (UnaryOperator<S> change : changes) {
                changed = change.apply(changed);
            }
            states.add(changed);
        }
        return states;
    }
}
