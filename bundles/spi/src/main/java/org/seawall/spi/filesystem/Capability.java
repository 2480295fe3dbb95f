package org.seawall.spi.filesystem;

/** What a file system can do. A write strategy names what it needs; a pair that does not fit is refused. */
public enum Capability {
    /** Files that grow: {@link FileSystem#createAppendable} and {@link FileSystem#openAppendable}. */
    APPEND,
    /** Durability on demand: {@link AppendFile#force} and {@link FileSystem#forceDirectory}. */
    FORCE,
    /** {@link FileSystem#create}: of several creators of one name exactly one succeeds. */
    CREATE_EXCLUSIVE,
    /** {@link FileSystem#replace}: replaced only if nobody else did meanwhile. */
    CONDITIONAL_REPLACE,
    /** {@link FileSystem#rename}: the file is under the one name or the other at every moment, and never replaces. */
    ATOMIC_RENAME,
    /** {@link FileSystem#list} shows everything that was created before it began. */
    STRONG_LIST,
    /** {@link FileInput#read} reads a part of a file without reading what lies before it. */
    RANGE_READ,
    /** {@link FileSystem#lock}: one holder among all processes that use the storage. */
    LOCK,
    /**
     * {@link FileSystem#append} and {@link FileSystem#seal}: files that grow in appends that are whole and durable, each at the
     * position that its caller names and nowhere else, until somebody ends them for good.
     */
    SEAL
}
