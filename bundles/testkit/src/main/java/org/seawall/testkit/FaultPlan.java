package org.seawall.testkit;

/**
 * Which operation fails next, and what becomes of those behind it.
 *
 * @param operation its number
 * @param moment when it fails
 * @param stops whether the process ends there, so that nothing is done any more
 */
record FaultPlan(long operation, Moment moment, boolean stops) {
    static final FaultPlan NONE = new FaultPlan(Long.MAX_VALUE, Moment.BEFORE, false);

    boolean hits(long number, Moment when) {
        return number == operation && when == moment;
    }

    boolean past(long number) {
        return stops && number > operation;
    }
}
