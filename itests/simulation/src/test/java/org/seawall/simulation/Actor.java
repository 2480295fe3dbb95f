package org.seawall.simulation;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.seawall.LogClosedException;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.OutcomeUnknownException;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.core.catalog.OpenCollection;

/** Somebody at work in a process, until it ends. */
abstract class Actor implements Runnable {
    final Process process;
    final Scheduler scheduler;
    final SplittableRandom random;

    Actor(Process process) {
        this.process = process;
        this.scheduler = process.world().scheduler();
        this.random = process.world().random().split();
    }

    @Override
    public void run() {
        while (!process.ending()) {
            if (rests()) {
                scheduler.sleep("rest", random.nextInt(60));
            } else {
                scheduler.yield(getClass().getSimpleName());
            }
            if (!process.ending()) {
                attempt();
            }
        }
    }

    /** Whether it does nothing for a while. */
    boolean rests() {
        return random.nextInt(8) == 0;
    }

    private void attempt() {
        try {
            act();
        } catch (LogClosedException
                | LogUnavailableException
                | LogFencedException
                | OutcomeUnknownException
                | CollectionNotFoundException e) {
            // woken by another fiber perhaps: nothing may be written down before the next turn
            scheduler.yield("was refused");
            refused(e);
        }
    }

    abstract void act();

    void refused(SeawallException e) {
        scheduler.note("  refused, " + e.getClass().getSimpleName() + " " + e.getMessage());
    }

    /** One of the collections, if there is any that is open. */
    Optional<Opening> any() {
        List<OpenCollection> all = process.all();
        return all.isEmpty() ? Optional.empty() : process.opening(all.get(random.nextInt(all.size())));
    }
}
