package org.seawall.simulation;

import java.util.SplittableRandom;

/**
 * What a run is like, drawn from its seed.
 *
 * @param failingOneIn how many operations of the storage there are for one that fails; 0 if none does
 * @param slowOneIn how many there are for one that takes its time
 * @param fullOneIn how many there are for a time in which there is no space
 */
record Weather(int failingOneIn, int slowOneIn, int fullOneIn) {
    static final Weather FAIR = new Weather(0, 0, 0);

    static Weather draw(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> FAIR;
            case 1 -> new Weather(0, 20, 0);
            case 2 -> new Weather(40 + random.nextInt(200), 50, 0);
            default -> new Weather(100 + random.nextInt(200), 30, 300);
        };
    }

    boolean fails() {
        return failingOneIn > 0 || fullOneIn > 0;
    }
}
