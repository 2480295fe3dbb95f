package org.seawall.simulation;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread that runs only while the scheduler lets it, from one of its yield points to the next. */
final class Fiber extends Thread {
    static final String URGENT = "life";

    private final Scheduler scheduler;
    private final Object group;
    private final Runnable body;
    private final SplittableRandom random;
    private volatile boolean parked = true;
    private volatile boolean done;
    private String next = "begin";
    private BooleanSupplier until = () -> true;
    private long sleepsUntilMillis;

    Fiber(Scheduler scheduler, String name, Object group, Runnable body) {
        super(name);
        this.scheduler = scheduler;
        this.group = group;
        this.body = body;
        this.random = scheduler.split();
        setDaemon(true);
    }

    /** The fiber that asks, or empty if a thread asks that the scheduler does not know. */
    static Optional<Fiber> current() {
        return Thread.currentThread() instanceof Fiber fiber ? Optional.of(fiber) : Optional.empty();
    }

    @Override
    public void run() {
        awaitTurn();
        try {
            body.run();
        } catch (Throwable e) {
            // the root of the thread: the run has failed
            scheduler.failed(e);
        }
        done = true;
        scheduler.passOn();
    }

    /** Waits for its turn, which does not come before a condition holds. */
    void yieldUntil(String what, BooleanSupplier condition, long notBeforeMillis) {
        next = what;
        until = condition;
        sleepsUntilMillis = notBeforeMillis;
        parked = true;
        scheduler.passOn();
        awaitTurn();
    }

    private void awaitTurn() {
        while (parked) {
            LockSupport.park(scheduler);
        }
    }

    /** To be called by the scheduler alone. */
    void go() {
        parked = false;
        LockSupport.unpark(this);
    }

    boolean parked() {
        return parked && !done;
    }

    boolean done() {
        return done;
    }

    boolean ready(long nowMillis) {
        return parked() && nowMillis >= sleepsUntilMillis && until.getAsBoolean();
    }

    /** When it could go on if only time passed. */
    Optional<Long> wakes(long nowMillis) {
        return parked() && nowMillis < sleepsUntilMillis && until.getAsBoolean()
                ? Optional.of(sleepsUntilMillis)
                : Optional.empty();
    }

    /** Its own, since it may draw beside another one. */
    SplittableRandom random() {
        return random;
    }

    /** What it does when it goes on. */
    String next() {
        return next;
    }

    /** Whether it goes before all others as soon as it can: what ends a process at a certain moment. */
    boolean urgent() {
        return getName().equals(URGENT);
    }

    Object group() {
        return group;
    }

    @Override
    public String toString() {
        return getName() + " at <" + next + ">" + (done ? " done" : parked ? " parked" : " " + getState());
    }
}
