package org.seawall.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells whether a fiber can do anything by itself. One that waits in the engine, for a future or for a monitor, cannot, until
 * another fiber completes the one or lets the other go. From that moment on, and not only when the system has woken it, it can.
 */
final class Idleness {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Fiber> fibers;

    /** Watches these fibers, which may become more and fewer. */
    Idleness(List<Fiber> fibers) {
        this.fibers = fibers;
    }

    boolean isIdle(Fiber fiber) {
        return fiber.parked() || fiber.done() || waits(fiber);
    }

    private boolean waits(Fiber fiber) {
        return switch (fiber.getState()) {
            case WAITING -> waitsForAFuture(fiber);
            case BLOCKED -> waitsForAMonitor(fiber);
            case TERMINATED -> true;
            default -> false;
        };
    }

    private static boolean waitsForAFuture(Fiber fiber) {
        return LockSupport.getBlocker(fiber) instanceof ForkJoinPool.ManagedBlocker future && !future.isReleasable();
    }

    private boolean waitsForAMonitor(Fiber fiber) {
        ThreadInfo info = threads.getThreadInfo(fiber.getId());
        return info != null
                && info.getThreadState() == Thread.State.BLOCKED
                && fibers.stream().anyMatch(owner -> owner != fiber && owner.getId() == info.getLockOwnerId());
    }
}
