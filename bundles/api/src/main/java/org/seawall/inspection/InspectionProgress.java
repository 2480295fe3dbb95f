package org.seawall.inspection;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told how far a long inspection is, in the thread that carries it out. */
@ConsumerType
public interface InspectionProgress {
    /** Tells nobody. */
    InspectionProgress NONE = (done, total, file) -> {};

    /**
     * Some more was done.
     *
     * @param doneBytes bytes read or copied so far
     * @param totalBytes how many there are, as far as is known now
     * @param file the file at hand
     */
    void progress(long doneBytes, long totalBytes, String file);
}
