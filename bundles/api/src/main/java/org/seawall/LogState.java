package org.seawall;

/** The state of a log or of one of its collections. */
public enum LogState {
    /**
     * Needs a service that is not there: the detail says which. It goes on by itself when the service arrives; what was open
     * before is read from memory, and appends wait for a while, then they are refused. A collection that another process has created on a shared storage waits for its first use here.
     */
    WAITING,
    /** Reads what is on the storage. */
    RECOVERING,
    /** Takes appends and reads. */
    OPEN,
    /**
     * Reads what was acknowledged but takes no appends since the storage failed. The log tries every few seconds to
     * recover: it reads back what is there and goes on in a new segment.
     */
    FAILED,
    /** Could not be recovered and takes neither appends nor reads: the detail says what an operator has to look at. */
    UNAVAILABLE,
    /** Closed. */
    CLOSED
}
