package org.seawall.strategy.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process dies at every operation of a run, and every state that a power cut can leave is opened. */
class CrashTest {

    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> submitted = new ArrayList<>();

    private void commit(SmallLog log, String... batches) throws IOException {
        submitted.addAll(List.of(batches));
        log.commit(batches);
        acknowledged.addAll(List.of(batches));
    }

    private void run(MemoryFileSystem files) throws IOException {
        SmallLog log = new SmallLog(files);
        log.begin();
        commit(log, "a");
        commit(log, "b", "c");
        log.begin();
        commit(log, "d");
        log.begin();
        commit(log, "e");
    }

    /** Runs until the process dies at an operation; false if it got through. */
    private MemoryFileSystem diedAt(int operation, boolean after) {
        acknowledged.clear();
        submitted.clear();
        MemoryFileSystem files = new MemoryFileSystem();
        files.dieAt(operation, after);
        try {
            run(files);
        } catch (IOException e) {
            assertTrue(files.isDead(), e::toString);
        }
        return files;
    }

    private static int operationsOfARun() throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        new CrashTest().run(files);
        return files.operations.size();
    }

    @Test
    void aPowerCutAtAnyOperationLosesNothingThatWasAcknowledged() throws IOException {
        int operations = operationsOfARun();
        assertTrue(operations > 25, () -> "operations=" + operations);
        for (int operation = 0; operation < operations; operation++) {
            for (boolean after : new boolean[] {false, true}) {
                MemoryFileSystem died = diedAt(operation, after);
                assertTrue(died.isDead());
                for (MemoryFileSystem left : died.afterPowerCut()) {
                    goesOn(left, died.operations.toString());
                }
            }
        }
    }

    @Test
    void aPowerCutAtAnyOperationOfTheRestartLosesNothingThatWasAcknowledged() throws IOException {
        int operations = operationsOfARun();
        for (int operation = 0; operation < operations; operation++) {
            int restartOperation = 0;
            boolean dies;
            do {
                MemoryFileSystem files = diedAt(operation, true);
                String before = files.operations.toString();
                files.restartProcess();
                files.dieAt(restartOperation++, true);
                restart(files);
                dies = files.isDead();
                for (MemoryFileSystem left : files.afterPowerCut()) {
                    goesOn(left, before + " then " + files.operations);
                }
            } while (dies);
            assertTrue(restartOperation > 3, () -> "the restart has to do something");
        }
    }

    private void restart(MemoryFileSystem files) {
        try {
            SmallLog log = new SmallLog(files);
            List<String> recovered = List.copyOf(log.recover());
            acknowledgedFirst(recovered, "restart");
            // readers see it from now on, so it must not be lost any more
            acknowledged.clear();
            acknowledged.addAll(recovered);
            submitted.clear();
            submitted.addAll(recovered);
            if (!log.begun()) {
                log.begin();
            }
            commit(log, "y");
            log.begin();
            commit(log, "z");
        } catch (IOException e) {
            assertTrue(files.isDead(), e::toString);
        }
    }

    private void goesOn(MemoryFileSystem left, String history) throws IOException {
        SmallLog log = new SmallLog(left);
        List<String> recovered = List.copyOf(log.recover());
        acknowledgedFirst(recovered, history);
        if (!log.begun()) {
            log.begin();
        }
        log.commit("more");
        log.begin();
        log.commit("last");
        List<String> all = new ArrayList<>(recovered);
        all.addAll(List.of("more", "last"));
        assertEquals(all, new SmallLog(left.afterPowerCut().get(0)).recover(), history);
        assertFalse(left.find(SmallLog.LAYOUT.next()).isPresent(), history);
    }

    private void acknowledgedFirst(List<String> recovered, String history) {
        assertEquals(acknowledged, recovered.subList(0, Math.min(acknowledged.size(), recovered.size())), history);
        assertTrue(submitted.size() >= recovered.size(), history);
        assertEquals(recovered, submitted.subList(0, recovered.size()), history);
    }
}
