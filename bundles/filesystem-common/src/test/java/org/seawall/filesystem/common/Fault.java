package org.seawall.filesystem.common;

/** What goes wrong between a file system and its store. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** The request takes effect, its answer is lost. */
    LOST_ANSWER,
    /** The request is lost, nobody knows. */
    LOST_REQUEST,
    /** The request is refused and certainly has no effect. */
    THROTTLED,
    /** Something in between sends the request twice and passes the second answer on. */
    SENT_TWICE,
    /** The answer does not come; the request takes effect at some later moment, if its condition holds then. */
    LATE
}
