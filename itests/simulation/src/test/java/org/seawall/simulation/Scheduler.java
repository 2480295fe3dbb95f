package org.seawall.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Real threads, one of which runs at a time: at each yield point a seed chooses who goes on. Nothing is chosen before every
 * fiber is at a yield point or waits in the engine, so the same seed leads to the same run.
 *
 * <p>A fiber that was woken in the engine by the one that runs goes on to its next yield point beside it. What the two do on
 * that way must not depend on each other, and does not: one has handed over, the other has been handed to. Commits that were
 * submitted on that way begin before anything is chosen, so that it makes no difference which of the two was first.
 */
final class Scheduler {
    private static final long STUCK_NANOS = 60_000_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final Trace trace = new Trace();
    private final ReentrantLock deciding = new ReentrantLock();
    private final List<Fiber> fibers = new ArrayList<>();
    private final Idleness idleness = new Idleness(fibers);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final SplittableRandom choices;
    private final SplittableRandom births;
    private volatile Optional<Fiber> running = Optional.empty();
    private volatile boolean finished;
    private Supplier<Optional<Fiber>> begins = Optional::empty;

    Scheduler(long seed) {
        choices = new SplittableRandom(seed);
        births = choices.split();
    }

    VirtualClock clock() {
        return clock;
    }

    Trace trace() {
        return trace;
    }

    void note(String words) {
        trace.add(clock.millis(), words);
    }

    /** Sets who begins what was submitted: gives a fiber that has something to begin, if there is one. */
    void beginning(Supplier<Optional<Fiber>> newBegins) {
        begins = newBegins;
    }

    /** A new fiber, which is at its first yield point. */
    Fiber start(String name, Object group, Runnable body) {
        Fiber fiber = new Fiber(this, name, group, body);
        deciding.lock();
        try {
            fibers.add(fiber);
        } finally {
            deciding.unlock();
        }
        fiber.start();
        return fiber;
    }

    SplittableRandom split() {
        return births.split();
    }

    /** The random of the fiber that asks. */
    SplittableRandom random() {
        return fiber().random();
    }

    void yield(String what) {
        yieldUntil(what, () -> true);
    }

    void yieldUntil(String what, BooleanSupplier condition) {
        fiber().yieldUntil(what, condition, 0);
    }

    void sleep(String what, long millis) {
        fiber().yieldUntil(what, () -> true, clock.millis() + millis);
    }

    private static Fiber fiber() {
        return Fiber.current()
                .orElseThrow(() -> new IllegalStateException(
                        "a thread that the scheduler does not know, thread=" + Thread.currentThread()));
    }

    boolean allDone(Object group) {
        return fibers.stream().filter(fiber -> fiber.group() == group).allMatch(Fiber::done);
    }

    void failed(Throwable e) {
        if (!failure.compareAndSet(null, e) && failure.get() != e) {
            failure.get().addSuppressed(e);
        }
        finished = true;
    }

    /** Runs until all fibers are done. */
    void run() throws Throwable {
        long progress = trace.lines();
        long since = System.nanoTime();
        while (!finished) {
            passOn();
            LockSupport.parkNanos(50_000);
            if (trace.lines() != progress) {
                progress = trace.lines();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STUCK_NANOS) {
                failed(new AssertionError("no fiber comes to a yield point, fibers=" + fibers));
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** Chooses who goes on, if nobody runs. */
    void passOn() {
        deciding.lock();
        try {
            if (!finished && running.map(idleness::isIdle).orElse(true)) {
                choose();
            }
        } finally {
            deciding.unlock();
        }
    }

    private void choose() {
        if (!settled()) {
            return; // whoever still runs comes by, or the thread that waits for the end
        }
        Optional<Fiber> begun = begins.get();
        if (begun.isPresent()) {
            running = begun;
            begun.get().go();
            return;
        }
        fibers.removeIf(Fiber::done);
        List<Fiber> ready = ready();
        if (ready.isEmpty()) {
            return;
        }
        clock.advance(choices.nextInt(3));
        Fiber drawn = ready.get(choices.nextInt(ready.size()));
        Fiber chosen = ready.stream().filter(Fiber::urgent).findFirst().orElse(drawn);
        note(chosen.getName() + ": " + chosen.next());
        running = Optional.of(chosen);
        chosen.go();
    }

    private List<Fiber> ready() {
        List<Fiber> ready = ready(clock.millis());
        Optional<Long> wakes = ready.isEmpty() ? wakes() : Optional.empty();
        if (wakes.isPresent()) {
            clock.advance(wakes.get() - clock.millis());
            ready = ready(clock.millis());
        }
        if (ready.isEmpty()) {
            finished = true;
            if (!fibers.isEmpty()) {
                failed(new AssertionError("nobody can go on, fibers=" + fibers));
            }
        }
        return ready;
    }

    private List<Fiber> ready(long now) {
        return fibers.stream().filter(fiber -> fiber.ready(now)).toList();
    }

    private Optional<Long> wakes() {
        long now = clock.millis();
        return fibers.stream().flatMap(fiber -> fiber.wakes(now).stream()).min(Long::compare);
    }

    /** Looked at twice: who was idle at the first look may have been woken by one that was not looked at yet. */
    private boolean settled() {
        for (int look = 0; look < 2; look++) {
            for (Fiber fiber : fibers) {
                if (!idleness.isIdle(fiber)) {
                    return false;
                }
            }
        }
        return true;
    }
}
