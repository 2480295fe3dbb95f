package org.seawall.testkit;

/** When an operation fails. */
public enum Moment {
    /** Nothing of it takes place. */
    BEFORE,
    /** A write leaves its first half; anything else is as {@link #BEFORE}. */
    MIDDLE,
    /** All of it takes place, but the caller does not learn so. */
    AFTER
}
