package org.seawall.launcher;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Where the time of a start went. Costs nothing unless somebody asked. */
final class StartTiming {
    private record Step(String name, long millis) {}

    private final boolean asked;
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> bundles = new ArrayList<>();
    private Bundle starting;
    private long startingSince;
    private final long created = System.currentTimeMillis();
    private long last = System.nanoTime();

    StartTiming(boolean asked) {
        this.asked = asked;
    }

    /** Ends a step. */
    synchronized void mark(String step) {
        steps.add(new Step(step, millisSince(last)));
        last = System.nanoTime();
        endBundle();
    }

    /** Notes how long each bundle takes to start. */
    void watch(BundleContext context) {
        if (asked) {
            context.addBundleListener((SynchronousBundleListener) this::note);
        }
    }

    /** Bundles start one after the other, and what others do because one has started belongs to that one. */
    private synchronized void note(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTING) {
            endBundle();
            starting = event.getBundle();
            startingSince = System.nanoTime();
        }
    }

    private void endBundle() {
        if (starting != null) {
            int level = starting.adapt(BundleStartLevel.class).getStartLevel();
            bundles.add(new Step("level " + level + " " + starting.getSymbolicName(), millisSince(startingSince)));
            starting = null;
        }
    }

    private static long millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }

    /** Prints everything up to now. */
    synchronized void print(PrintStream out) {
        if (!asked) {
            return;
        }
        // asked for at the end, since the answer takes a while itself
        long virtualMachineMillis =
                created - ManagementFactory.getRuntimeMXBean().getStartTime();
        long total =
                virtualMachineMillis + steps.stream().mapToLong(Step::millis).sum();
        out.println("start-up: " + total + " ms");
        line(out, "virtual machine", virtualMachineMillis);
        steps.forEach(step -> line(out, step.name(), step.millis()));
        bundles.stream()
                .filter(bundle -> bundle.millis() > 0)
                .forEach(bundle -> line(out, "  " + bundle.name(), bundle.millis()));
    }

    private static void line(PrintStream out, String name, long millis) {
        out.println(String.format(Locale.ROOT, "%8d ms  %s", millis, name));
    }
}
