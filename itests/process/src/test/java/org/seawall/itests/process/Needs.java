package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/**
 * What a test needs of the machine. Where it is missing the test is skipped and says why; with {@code -Dfaults.required=true},
 * as CI sets it, it fails instead.
 */
final class Needs {
    private static final boolean REQUIRED = Boolean.getBoolean("faults.required");

    private Needs() {}

    /** System calls of another process can be watched, and made to fail. */
    static void strace() {
        need(Strace.works(), "strace is not installed, or may not be attached to a process");
    }

    /** A small file system can be mounted. */
    static void mount() throws IOException {
        need(SmallDisk.mayMount(), "no tmpfs can be mounted, which root may do");
    }

    private static void need(boolean there, String otherwise) {
        if (REQUIRED) {
            assertTrue(there, otherwise);
        }
        assumeTrue(there, otherwise);
    }
}
