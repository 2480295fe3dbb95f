package org.seawall.simulation;

import org.seawall.core.engine.Delays;

/** What a process does later, in the time of the scheduler. */
record VirtualDelays(Scheduler scheduler, Process process) implements Delays {
    @Override
    public long nanoTime() {
        return scheduler.clock().millis() * 1_000_000;
    }

    @Override
    public void after(long nanos, Runnable task) {
        scheduler.start(process + ".timer", process, () -> {
            scheduler.sleep("time is over", nanos / 1_000_000 + 1);
            // also of a dead process, on whose storage nothing happens any more: somebody may wait for it
            task.run();
        });
    }

    @Override
    public void rest(long nanos) {
        scheduler.sleep("rests", nanos / 1_000_000 + 1);
    }
}
