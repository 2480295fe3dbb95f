package org.seawall;

/**
 * The state of one of the directories that a log's collections are spread over.
 *
 * @param url the directory as it is configured
 * @param state {@link LogState#OPEN}, {@link LogState#RECOVERING} while the log has not got to it,
 *     {@link LogState#WAITING} for a service, or {@link LogState#UNAVAILABLE}: it is tried again every few seconds, and its
 *     collections come up with it
 * @param detail why it is in that state, one line, or empty
 * @param collections how many collections are on it
 * @param bytes bytes of their logs, as far as they are known
 */
public record DirectoryStatus(String url, LogState state, String detail, int collections, long bytes) {}
