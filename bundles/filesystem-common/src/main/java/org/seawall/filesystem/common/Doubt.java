package org.seawall.filesystem.common;

import java.io.IOException;
import java.util.Optional;
import org.seawall.OutcomeUnknownException;

/** What is not known of a change while it is sent: whether an attempt may have had an effect. For one thread, used once. */
final class Doubt {

    private final Target target;
    private final Attempts attempts;
    private final String change;
    private boolean open;

    /** The change is told by words such as {@code putId=…}. */
    Doubt(Target target, Attempts attempts, String change) {
        this.target = target;
        this.attempts = attempts;
        this.change = change;
    }

    /** Whether an attempt was left open. */
    boolean open() {
        return open;
    }

    /** An attempt has failed so. */
    void met(IOException failure) {
        open |= failure instanceof OutcomeOpenException;
    }

    void succeeded() {
        attempts.succeeded();
    }

    /** What is at the key now. */
    Optional<StoredObject> look(IOException failure) {
        return read(failure, () -> target.bucket().head(target.key()));
    }

    /** Reads what the outcome of the failed attempt follows from; without it the outcome stays unknown. */
    <T> T read(IOException failure, Retries.Request<T> request) {
        try {
            return Retries.repeat(attempts.another(), request);
        } catch (IOException | RuntimeException e) {
            e.addSuppressed(failure);
            throw unknown(e);
        }
    }

    /** Waits before a further attempt, and throws the failure if there is to be none. */
    void again(IOException failure) throws IOException {
        boolean further;
        try {
            further = attempts.again();
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw certain(e);
        }
        if (!further) {
            throw certain(failure);
        }
    }

    /** A failure that is told as it is, unless an attempt was left open. */
    IOException certain(IOException failure) {
        if (open) {
            throw unknown(failure);
        }
        return failure;
    }

    OutcomeUnknownException unknown(Exception cause) {
        return new OutcomeUnknownException(
                "a write may or may not have taken place, read it back, " + change + ", file=" + target.location(),
                cause);
    }
}
