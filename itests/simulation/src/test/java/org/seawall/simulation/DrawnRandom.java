package org.seawall.simulation;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands in for the machine's randomness, from which the engine takes the ids of collections: they are in the files, and the
 * files' lengths and checksums are not the same with others. There is one for all of a JVM, so runs come one after the other.
 */
final class DrawnRandom extends Provider {
    private static final long serialVersionUID = 1L;
    private static final AtomicReference<SplittableRandom> DRAWS = new AtomicReference<>(new SplittableRandom(0));

    private DrawnRandom() {
        super("Drawn", "1", "randomness that a seed decides");
        put("SecureRandom.Drawn", Drawn.class.getName());
    }

    /** From now on what is random is drawn from a seed. */
    static void from(long seed) {
        if (Security.getProvider("Drawn") == null) {
            Security.insertProviderAt(new DrawnRandom(), 1);
        }
        DRAWS.set(new SplittableRandom(seed));
    }

    /** Made by the machine. */
    public static final class Drawn extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // what a run is like is decided
        }

        @Override
        protected synchronized void engineNextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) DRAWS.get().nextInt();
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            engineNextBytes(seed);
            return seed;
        }
    }
}
