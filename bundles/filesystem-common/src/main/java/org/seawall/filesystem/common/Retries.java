package org.seawall.filesystem.common;

import java.io.IOException;

/**
 * Sends requests again: exponential waits with full jitter, a deadline for each call, a budget for all. Until the store has been
 * reached for the first time nothing is sent again because it is not: who configured it wrong is told at once.
 */
public final class Retries {

    /** What belongs together: the budget is of the settings' size. */
    private record Terms(RetrySettings settings, RetryBudget budget) {
        private Terms(RetrySettings settings) {
            this(settings, new RetryBudget(settings.budget()));
        }
    }

    private final Pace pace;
    private volatile Terms terms;
    private volatile boolean reached;

    /**
     * The retries of one file system.
     *
     * @param settings how often and how long
     * @param pace time and chance
     */
    public Retries(RetrySettings settings, Pace pace) {
        this.terms = new Terms(settings);
        this.pace = pace;
    }

    /**
     * Changes the settings for all calls that begin from now on, with a full budget.
     *
     * @param settings the new settings
     */
    public void change(RetrySettings settings) {
        this.terms = new Terms(settings);
    }

    /** One request, which may be repeated with the same effect. */
    @FunctionalInterface
    public interface Request<T> {
        /**
         * Sends it once.
         *
         * @return what the store answered
         * @throws IOException if it failed
         */
        T send() throws IOException;
    }

    /**
     * Sends a request until it is answered: again after {@link NotDoneException} and {@link OutcomeOpenException}.
     *
     * @param <T> what it gives
     * @param request a read, a listing, a deletion: what may be repeated
     * @return the answer
     * @throws IOException the last failure, or the first that no retry mends
     */
    public <T> T repeat(Request<T> request) throws IOException {
        return repeat(begin(), () -> noticing(request));
    }

    /** Of a store that was never reached another kind of failure is made, which is not repeated. */
    private <T> T noticing(Request<T> request) throws IOException {
        try {
            T answer = request.send();
            reached = true;
            return answer;
        } catch (UnreachableException e) {
            if (!reached) {
                throw new IOException(e.getMessage() + "; never reached yet, is the configuration right", e);
            }
            throw e;
        } catch (NotDoneException | OutcomeOpenException e) {
            reached = true;
            throw e;
        }
    }

    /** The attempts of one call. */
    Attempts begin() {
        Terms now = terms;
        return new Attempts(now.settings(), now.budget(), pace, pace.nanoTime());
    }

    static <T> T repeat(Attempts attempts, Request<T> request) throws IOException {
        while (true) {
            try {
                T answer = request.send();
                attempts.succeeded();
                return answer;
            } catch (NotDoneException | OutcomeOpenException e) {
                if (!attempts.again()) {
                    throw e;
                }
            }
        }
    }
}
