package org.seawall.testkit;

import java.util.SplittableRandom;

/**
 * Draws what a loss of power leaves of what was not forced. A disk writes whole sectors, in any order. The first four seeds
 * are the extremes, since they find most: nothing survives, everything does, names without content, content without names.
 */
final class Survival {
    static final int SECTOR_BYTES = 512;

    private final long seed;
    private final SplittableRandom random;
    private final double odds;

    Survival(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.odds = random.nextDouble();
    }

    /** Whether a change of a name survives. */
    boolean name() {
        return drawn(seed == 1 || seed == 2);
    }

    /** The content of a file, between what was forced and what was seen. */
    byte[] content(byte[] forced, byte[] seen) {
        byte[] left = new byte[length(forced.length, seen.length)];
        for (int begin = 0; begin < left.length; begin += SECTOR_BYTES) {
            boolean kept = content() && begin < seen.length;
            byte[] source = kept ? seen : forced;
            int length = Math.min(Math.min(SECTOR_BYTES, left.length - begin), source.length - begin);
            if (length > 0) {
                System.arraycopy(source, begin, left, begin, length);
            }
        }
        return left;
    }

    private int length(int forced, int seen) {
        int sectors = Math.abs(forced - seen) / SECTOR_BYTES;
        boolean onAnEdge = seed > 3 && sectors > 0 && random.nextInt(3) == 0;
        if (onAnEdge) {
            int edge = Math.min(forced, seen) / SECTOR_BYTES + 1 + random.nextInt(sectors);
            return Math.min(edge * SECTOR_BYTES, Math.max(forced, seen));
        }
        return content() ? seen : forced;
    }

    private boolean content() {
        return drawn(seed == 1 || seed == 3);
    }

    private boolean drawn(boolean extreme) {
        return seed >= 0 && seed <= 3 ? extreme : random.nextDouble() < odds;
    }
}
