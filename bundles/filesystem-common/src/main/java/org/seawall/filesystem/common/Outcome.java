package org.seawall.filesystem.common;

import java.util.Optional;

/** What became of a change. */
sealed interface Outcome {
    /** It took place. */
    record Written(StoredObject object) implements Outcome {}

    /**
     * It is not in place, since its condition does not hold.
     *
     * @param found what is there instead
     * @param open whether an attempt was left open: its effect could have been there for a while, and undone by another
     * @param cause what was answered
     */
    record Refused(Optional<StoredObject> found, boolean open, Exception cause) implements Outcome {}
}
