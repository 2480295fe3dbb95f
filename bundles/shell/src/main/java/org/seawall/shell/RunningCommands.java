package org.seawall.shell;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The threads that are inside a command, so that they end before their bundle does. */
final class RunningCommands implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Set<Thread> threads = new HashSet<>();
    private boolean closed;

    /** Counts the calling thread in until it calls {@link #leave}. */
    synchronized void enter() {
        if (closed) {
            throw new CommandFailedException("the shell is stopping");
        }
        threads.add(Thread.currentThread());
    }

    synchronized void leave() {
        threads.remove(Thread.currentThread());
        notifyAll();
    }

    /** Interrupts what runs and waits a while for its end. Nothing begins any more. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toMillis(); left > 0 && !threads.isEmpty(); ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            // whoever stops the bundle is in a hurry
            Thread.currentThread().interrupt();
        }
    }
}
