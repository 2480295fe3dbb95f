package org.seawall.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Runs the commits of one process on fibers, or what else it leaves to threads of its own. */
final class Commits implements Executor {
    private final Scheduler scheduler;
    private final Object process;
    private final String name;
    private final Deque<Runnable> submitted = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private int workers;
    private boolean ended;

    Commits(Scheduler scheduler, Object process, String name) {
        this.scheduler = scheduler;
        this.process = process;
        this.name = name;
    }

    private final class Worker implements Runnable {
        private Optional<Runnable> task = Optional.empty();
        private Optional<Fiber> fiber = Optional.empty();

        @Override
        public void run() {
            while (task.isPresent()) {
                task.get().run();
                task = Optional.empty();
                synchronized (submitted) {
                    idle.push(this);
                }
                scheduler.yieldUntil("end", () -> ended && submitted.isEmpty());
            }
            synchronized (submitted) {
                idle.remove(this);
            }
        }
    }

    @Override
    public void execute(Runnable commit) {
        synchronized (submitted) {
            submitted.add(commit);
        }
    }

    /** The worker that was busy last, with a commit that was submitted; empty if none was. To be called by the scheduler. */
    Optional<Fiber> begin() {
        synchronized (submitted) {
            if (submitted.isEmpty()) {
                return Optional.empty();
            }
            Worker worker = idle.isEmpty() ? new Worker() : idle.pop();
            worker.task = Optional.of(submitted.poll());
            return Optional.of(fiber(worker));
        }
    }

    private Fiber fiber(Worker worker) {
        if (worker.fiber.isEmpty()) {
            worker.fiber = Optional.of(scheduler.start(name + ++workers, process, worker));
        }
        return worker.fiber.get();
    }

    /** Lets the workers end. */
    void end() {
        ended = true;
    }
}
