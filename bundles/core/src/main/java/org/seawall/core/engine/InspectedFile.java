package org.seawall.core.engine;

import java.util.Optional;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.Location;

/**
 * A file of a log that was inspected.
 *
 * @param location the file; of one that is missing where it should be
 * @param report what was found
 * @param before the place on the chain that the file had to fit, if that was known
 * @param sound what stands before the first finding
 */
record InspectedFile(Location location, FileReport report, Optional<Head> before, Sound sound) {
    /**
     * The begin of a file, as far as there is nothing to be said against it.
     *
     * @param end where it ends; 0 if not even the header can be kept
     * @param batches batches in it
     * @param entries entries in these
     * @param lastSequence sequence of the last of them; 0 if there is none
     */
    record Sound(long end, long batches, long entries, long lastSequence) {
        static final Sound NOTHING = new Sound(0, 0, 0, 0);
    }

    /** The same file of which nothing is said, since it is another every time that it is read. */
    InspectedFile changing() {
        FileReport changed = new FileReport(
                report.file(),
                report.kind(),
                report.number(),
                Verdict.COMPLETE,
                "changed every time that it was read, by somebody who writes to the log",
                -1,
                report.bytes(),
                report.batches(),
                report.entries(),
                report.firstSequence(),
                report.lastSequence(),
                report.epoch());
        return new InspectedFile(location, changed, before, sound);
    }
}
