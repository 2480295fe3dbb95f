package org.seawall.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario has submitted and what was acknowledged to it, as states: each submission names the state of the storage if
 * it takes place. For a log that is the list of its batches; for a catalog its collections. Safe for use by several threads.
 *
 * @param <S> a state; compared by {@code equals} and shown in messages
 */
public final class Ledger<S> {
    /** After how many submissions which state; those before the last acknowledged one are of no more interest. */
    private final List<S> states = new ArrayList<>();

    private final S nothing;
    private int acknowledged;
    private int recoveries;

    /**
     * A ledger without an entry.
     *
     * @param nothing the state before the first submission
     */
    public Ledger(S nothing) {
        this.nothing = nothing;
        states.add(nothing);
    }

    /**
     * Notes a submission before it is made.
     *
     * @param state the state if it takes place, and all before it
     */
    public synchronized void submitted(S state) {
        states.add(state);
    }

    /** Notes that everything that was submitted so far is acknowledged. */
    public synchronized void acknowledged() {
        acknowledged = states.size() - 1;
    }

    /**
     * The state if everything that was submitted so far takes place.
     *
     * @return the newest state
     */
    public synchronized S newest() {
        return states.get(states.size() - 1);
    }

    /**
     * Checks a state that was read back against law 1: all that was acknowledged, and of the rest that was submitted the
     * first part, in order, without a gap. From now on it counts as acknowledged, since somebody has seen it.
     *
     * @param state what was read back
     * @throws AssertionError if it is none that may be
     */
    public synchronized void recovered(S state) {
        List<S> allowed = states.subList(acknowledged, states.size());
        if (!allowed.contains(state)) {
            throw new AssertionError("recovered what was not submitted, or not all that was acknowledged, recovered="
                    + state + ", acknowledged=" + states.get(acknowledged) + ", submitted=" + newest());
        }
        states.clear();
        states.add(state);
        acknowledged = 0;
        recoveries++;
    }

    synchronized int recoveries() {
        return recoveries;
    }

    S nothing() {
        return nothing;
    }
}
