package org.seawall;

/**
 * The state of a collection at a moment.
 *
 * @param name the collection's name
 * @param id the collection's id, the name of its directory
 * @param url the directory that it is on, as it is configured or was when the collection was created
 * @param state its state
 * @param detail why it is in that state, one line, or empty
 * @param epoch the epoch that its writer holds; 0 if it is unavailable
 * @param lastSequence the newest sequence that readers see; 0 if it is empty
 * @param flushedSequence up to where a sink is known to hold everything; 0 if there is none
 * @param liveEntries ids that are live in the log, plus entries without an id, expired ones included until they are cleaned
 * @param memoryBytes bytes of encoded entries kept in memory
 * @param activeSegment number of the segment that is written to
 * @param activeBytes its length in bytes
 * @param logBytes bytes of its log: of the snapshot and of what is behind it
 * @param snapshots how many were taken in this epoch
 * @param compactions how many there were in this epoch, beside snapshots
 * @param recovery what recovery found when the collection was opened
 * @param progress how far recovery is: at its end unless the state is {@link LogState#RECOVERING}
 */
public record CollectionStatus(
        String name,
        String id,
        String url,
        LogState state,
        String detail,
        long epoch,
        long lastSequence,
        long flushedSequence,
        long liveEntries,
        long memoryBytes,
        long activeSegment,
        long activeBytes,
        long logBytes,
        long snapshots,
        long compactions,
        Recovery recovery,
        RecoveryProgress progress) {}
