package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a call allocates in its own thread, where the virtual machine can tell; where it cannot, an OutOfMemoryError has to.
 */
public final class Allocation {
    /** Far more than a small file needs, and far less than a length of its own makes of it. */
    private static final long SMALL_BYTES = 4 << 20;

    private Allocation() {}

    /** A call whose allocation is measured. */
    @ConsumerType
    public interface Call {
        /**
         * Does it.
         *
         * @return anything, for the message
         * @throws IOException if the storage fails
         */
        Object run() throws IOException;
    }

    /**
     * Runs a call and asserts that it allocates 4 MiB at most.
     *
     * @param call what reads bytes that are not to be believed
     * @param what words for the message
     * @throws IOException if the call does
     */
    public static void isSmall(Call call, String what) throws IOException {
        long before = allocated();
        try {
            String result = Objects.toString(call.run());
            assertTrue(allocated() - before < SMALL_BYTES, () -> "allocated too much, " + what + ", result=" + result);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("allocated all memory, " + what, e);
        }
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
