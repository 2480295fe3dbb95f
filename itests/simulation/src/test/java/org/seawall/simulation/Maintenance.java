package org.seawall.simulation;

/** Rolls, compacts, takes snapshots, and recovers what failed. */
final class Maintenance extends Actor {
    Maintenance(Process process) {
        super(process);
    }

    @Override
    void act() {
        scheduler.sleep("maintains", random.nextInt(100));
        if (process.ending()) {
            return;
        }
        if (random.nextInt(4) == 0) {
            process.attend();
        } else {
            any().ifPresent(this::maintain);
        }
        scheduler.yield("maintained");
    }

    private void maintain(Opening opening) {
        int what = random.nextInt(6);
        if (what == 0) {
            scheduler.note("  rolls");
            opening.log().roll();
        } else if (what == 1) {
            opening.log().rollIfAged();
        } else {
            clean(opening, what);
        }
    }

    private void clean(Opening opening, int what) {
        switch (what) {
            case 2 -> {
                scheduler.note("  compacts");
                opening.clean(opening.log()::compact);
            }
            case 3 -> opening.clean(opening.log()::compactSmall);
            case 4 -> opening.log().pruneArchive();
            default -> {
                scheduler.note("  takes a snapshot");
                opening.clean(opening.log()::snapshot);
            }
        }
    }
}
