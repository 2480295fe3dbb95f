package org.seawall.filesystem.common;

/** Tokens that further attempts of all calls share, so that a store that is down is not flooded. */
final class RetryBudget {

    static final int COST = 5;

    private final int capacity;
    private int tokens;

    RetryBudget(int capacity) {
        this.capacity = capacity;
        this.tokens = capacity;
    }

    synchronized boolean take() {
        if (capacity == 0) {
            return true;
        }
        if (tokens < COST) {
            return false;
        }
        tokens -= COST;
        return true;
    }

    synchronized void give(int returned) {
        tokens = Math.min(capacity, tokens + returned);
    }
}
