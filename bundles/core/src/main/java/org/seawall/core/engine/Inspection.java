package org.seawall.core.engine;

import java.util.Optional;
import org.seawall.inspection.InspectionProgress;

/**
 * How the files of a log are inspected.
 *
 * @param perCommit whether every commit has a segment of its own and there is no active one
 * @param founded whether the layout's moment is known to be that of the log, so that the name of its first segment follows
 * @param settled whether nobody writes meanwhile: else a finding is believed once it was made twice
 * @param progress is told how far it is
 */
public record Inspection(boolean perCommit, boolean founded, boolean settled, InspectionProgress progress) {
    /**
     * An inspection of a log that others may write to.
     *
     * @param perCommit see there
     * @param progress see there
     * @return the inspection
     */
    public static Inspection of(boolean perCommit, InspectionProgress progress) {
        return new Inspection(perCommit, true, false, progress);
    }

    /**
     * The same of a log of which nobody knows when it was created.
     *
     * @return a copy
     */
    public Inspection unfounded() {
        return new Inspection(perCommit, false, settled, progress);
    }

    /**
     * The same of a log that nobody writes to.
     *
     * @return a copy
     */
    public Inspection whenSettled() {
        return new Inspection(perCommit, founded, true, progress);
    }

    /** The place before the first segment, if it is known. */
    Optional<Head> begin(LogLayout layout) {
        return founded ? Optional.of(Head.founded(layout)) : Optional.empty();
    }
}
