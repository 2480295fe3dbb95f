package org.seawall.core.engine;

/**
 * How a log changes hands where the storage has no locks. The storage alone decides who writes; these times decide when
 * somebody tries, and how long the other lets him. In milliseconds.
 *
 * @param lookMillis how long a writer that commits often goes on without a look whether somebody asks for the log
 * @param yieldMillis how long it commits nothing when somebody does, at least
 * @param restMillis how long one who has asked waits between two attempts
 * @param askMillis how long he goes on before he asks again
 * @param patienceMillis after what time he gives up
 */
public record Takeover(long lookMillis, long yieldMillis, long restMillis, long askMillis, long patienceMillis) {
    /** For storages that answer within a second. */
    public static final Takeover USUAL = new Takeover(1_000, 2_000, 100, 5_000, 20_000);
}
