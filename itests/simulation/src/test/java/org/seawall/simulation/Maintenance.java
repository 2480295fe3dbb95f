package org.seawall.simulation;

/** Rolls, takes snapshots, and recovers what failed. */
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
            process.catalog().recoverFailed();
        } else {
            any().ifPresent(this::maintain);
        }
        scheduler.yield("maintained");
    }

    private void maintain(Opening opening) {
        switch (random.nextInt(4)) {
            case 0 -> {
                scheduler.note("  rolls");
                opening.log().roll();
            }
            case 1 -> opening.log().rollIfAged();
            default -> snapshot(opening);
        }
    }

    /** Not where others write: a name that was archived could be created again by one who knows of nothing behind it. */
    private void snapshot(Opening opening) {
        if (!process.world().shared()) {
            scheduler.note("  takes a snapshot");
            opening.history().snapshotBegins();
            opening.log().snapshot();
        }
    }
}
