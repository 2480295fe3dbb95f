package org.seawall;

/**
 * When an append is acknowledged, and so what its entries survive from then on. The later, the safer and the slower. What a
 * level promises holds at least: a storage that cannot tell two levels apart gives the safer one. At every level the order
 * of a collection's entries holds and there is no gap: if something is lost, everything behind it is.
 */
public enum Acknowledgement {
    /**
     * As soon as the batch has its sequences and its place in the queue. It survives nothing yet: if the process dies, or
     * the storage fails, before the batch is written, it is lost without a word to its caller; {@link
     * WriteAheadLog#status} says that a storage failed. It is written and forced with the next group, which is at once
     * unless another is being forced.
     */
    MEMORY,

    /**
     * When the batch is handed to the operating system: it survives the death of the process, but not a loss of power or a
     * crash of the machine before the force, which follows right behind.
     */
    OS,

    /**
     * As {@link #OS}, and the force may come later: at most {@code syncMillis} after the first write that is not forced, or
     * when {@code groupBytes} are not forced. A loss of power takes what was acknowledged since the last force, at most. A
     * batch of another level, a roll, a snapshot and the close of the log force everything before them.
     */
    PERIODIC,

    /** After the force: the batch survives a crash of the process and of the machine at any later moment. */
    DURABLE
}
