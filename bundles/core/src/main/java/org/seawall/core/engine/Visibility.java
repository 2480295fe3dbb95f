package org.seawall.core.engine;

/** From when on readers see a batch. */
public enum Visibility {
    /** Once it is forced: nobody sees what can still be lost. */
    DURABLE,
    /** Once it is written, forced or not: what was seen may be gone after a loss of power. */
    IMMEDIATE
}
