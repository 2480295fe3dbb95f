package org.seawall.core.engine;

/**
 * Up to where a log that has moved lies in the place that it comes from. Nothing is written there any more.
 *
 * @param segment number of the last segment that is there; 0 if there is none
 * @param active the name that the last segment would have been sealed under, if it still lies there as the active one; or empty
 * @param activeBytes how many bytes of the active one belong to the log: its header
 */
public record Crossing(long segment, String active, long activeBytes) {}
