package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * What the first of two containers leaves for the second one, so that the second can tell that the first has ended: in one JVM
 * its system bundle, in the JVM's properties; the number of its process, in a file.
 */
record FirstStart(Path note) {
    private static final String FRAMEWORK = "it.first.framework";

    FirstStart() {
        this(LogConfigurations.storage("first-start"));
    }

    void record(BundleContext context) throws IOException {
        Files.writeString(Files.createDirectories(note).resolve("pid"), "" + self());
        System.getProperties().put(FRAMEWORK, context.getBundle(0));
    }

    /** Holds that the first container is another one than this, and has stopped. */
    void assertEnded(BundleContext context) throws IOException {
        long pid = Long.parseLong(Files.readString(note.resolve("pid")));
        if (pid == self()) {
            Bundle first = (Bundle) System.getProperties().remove(FRAMEWORK);
            assertEquals("a framework that was stopped is resolved", Bundle.RESOLVED, first.getState());
            assertNotEquals(first, context.getBundle(0));
        } else {
            Optional<ProcessHandle> first = ProcessHandle.of(pid);
            assertFalse("process " + pid, first.isPresent() && first.get().isAlive());
        }
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }
}
