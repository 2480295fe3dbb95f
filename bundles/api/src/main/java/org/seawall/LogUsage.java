package org.seawall;

/**
 * What the appends of a log take at a moment, beside its limits. Above a soft limit appends are held back for a while, at a
 * hard one they are refused. All but the last in bytes.
 *
 * @param inFlightBytes of batches that were appended and are not durable yet
 * @param inFlightSoftBytes their soft limit
 * @param inFlightLimitBytes their hard limit
 * @param memoryBytes of entries kept in memory, without those in flight
 * @param memorySoftBytes the soft limit of both together
 * @param memoryLimitBytes the hard limit of both together
 * @param heldAppends how many appends are held back at present
 */
public record LogUsage(
        long inFlightBytes,
        long inFlightSoftBytes,
        long inFlightLimitBytes,
        long memoryBytes,
        long memorySoftBytes,
        long memoryLimitBytes,
        int heldAppends) {

    /**
     * The usage of a log that is not open.
     *
     * @return nothing, and no limits
     */
    public static LogUsage none() {
        return new LogUsage(0, 0, 0, 0, 0, 0, 0);
    }
}
