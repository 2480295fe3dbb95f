package org.seawall.launcher;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Bundle, Long> started = new ConcurrentHashMap<>();
    private final Map<Integer, List<Step>> levels = new TreeMap<>();
    private final long created = System.currentTimeMillis();
    private long last = System.nanoTime();

    StartTiming(boolean asked) {
        this.asked = asked;
    }

    /** Ends a step. */
    void mark(String step) {
        long now = System.nanoTime();
        steps.add(new Step(step, (now - last) / 1_000_000));
        last = now;
    }

    /** Notes how long each bundle takes to start. */
    void watch(BundleContext context) {
        if (asked) {
            context.addBundleListener((SynchronousBundleListener) this::note);
        }
    }

    private void note(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STARTING) {
            started.put(bundle, System.nanoTime());
        } else if (event.getType() == BundleEvent.STARTED && bundle.getBundleId() != 0) {
            long millis = (System.nanoTime() - started.getOrDefault(bundle, System.nanoTime())) / 1_000_000;
            int level = bundle.adapt(BundleStartLevel.class).getStartLevel();
            synchronized (levels) {
                levels.computeIfAbsent(level, key -> new ArrayList<>()).add(new Step(bundle.getSymbolicName(), millis));
            }
        }
    }

    /** Prints everything up to now. */
    void print(PrintStream out) {
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
        synchronized (levels) {
            levels.forEach((level, bundles) ->
                    bundles.forEach(bundle -> line(out, "  level " + level + " " + bundle.name(), bundle.millis())));
        }
    }

    private static void line(PrintStream out, String name, long millis) {
        out.println(String.format(Locale.ROOT, "%8d ms  %s", millis, name));
    }
}
