package org.seawall.simulation;

import java.io.IOException;
import java.util.Set;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;
import org.seawall.testkit.OperationHook;

/** Stands at every operation of a process on its storage: a yield point, and where the weather strikes. */
final class Faults implements OperationHook {
    private static final Set<String> READS = Set.of("list", "find", "open", "openAppendable", "read", "lock");
    private static final Set<String> GROWING =
            Set.of("write", "create", "createAppendable", "replace", "force", "rename", "grow", "append");
    private static final Set<String> NAMING = Set.of("createAppendable", "rename", "forceDirectory");
    private static final int FULL_MILLIS = 60;

    private final Scheduler scheduler;
    private final Weather weather;
    private FaultyFileSystem files;
    private boolean calm;
    private long fullUntilMillis;
    private String last = "";
    private int operations;
    private int struck;

    Faults(Scheduler scheduler, Weather weather) {
        this.scheduler = scheduler;
        this.weather = weather;
    }

    void over(FaultyFileSystem storage) {
        files = storage;
        storage.hook(this);
    }

    /** From now on nothing is slow and nothing fails. */
    void calm() {
        calm = true;
    }

    int operations() {
        return operations;
    }

    /** Whether a file gets, changes or loses its name: the moments at which a crash leaves most to be sorted out. */
    boolean changesNames() {
        return NAMING.contains(verb(last));
    }

    /** How many operations failed. */
    int struck() {
        return struck;
    }

    @Override
    public void before(String operation) throws IOException {
        if (!calm && hits(weather.slowOneIn())) {
            scheduler.sleep(operation + ", slowly", 1 + scheduler.random().nextInt(500));
        } else {
            scheduler.yield(operation);
        }
        // not before its turn: until then another fiber may be on its way to the same place
        operations++;
        last = operation;
        if (!calm && !files.stopped()) {
            strike(operation);
        }
    }

    @Override
    public void after(String operation) {
        if (scheduler.random().nextInt(3) == 0) {
            scheduler.yield(operation + ", done");
        }
    }

    private void strike(String operation) throws IOException {
        String verb = verb(operation);
        if (hits(weather.fullOneIn())) {
            fullUntilMillis = scheduler.clock().millis() + FULL_MILLIS;
        }
        if (scheduler.clock().millis() < fullUntilMillis && GROWING.contains(verb)) {
            struck++;
            scheduler.note("no space, " + operation);
            throw new IOException("no space left on the device, operation=" + operation);
        }
        if (hits(weather.failingOneIn())) {
            fail(operation, READS.contains(verb));
        }
    }

    private boolean hits(int oneIn) {
        return oneIn > 0 && scheduler.random().nextInt(oneIn) == 0;
    }

    private static String verb(String operation) {
        return operation.replaceAll(" .*", "");
    }

    private void fail(String operation, boolean reads) throws IOException {
        struck++;
        if (reads) {
            scheduler.note("failed, " + operation);
            throw new IOException("injected failure of a read, operation=" + operation);
        }
        Moment moment = Moment.values()[scheduler.random().nextInt(3)];
        scheduler.note("fails " + moment + ", " + operation);
        files.failAt(1, moment);
    }
}
