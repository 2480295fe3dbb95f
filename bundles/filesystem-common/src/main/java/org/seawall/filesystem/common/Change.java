package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.seawall.OutcomeUnknownException;
import org.seawall.SeawallException;

/**
 * One write under a condition, sent until its outcome is known. A fresh put-id goes with the object, and an outcome that is not
 * known is read back by it. For one thread, used once.
 *
 * <p>What holds, where W is the object with our put-id:
 *
 * <ul>
 *   <li>{@link Outcome.Written}: W was answered for, or was read back, as the newest version of the key.
 *   <li>{@link Outcome.Refused}: the key was read and holds something else. Every attempt that is still on its way fails by the
 *       same condition as long as that stays. If an attempt was left open, W may have been there before and have been deleted
 *       or replaced by somebody who saw it; {@code open} tells.
 *   <li>An exception other than {@link OutcomeUnknownException}: no attempt had an effect, now or later.
 *   <li>Where nothing is at the key although an attempt to create it was left open, that attempt failed, is still on its way, or
 *       took effect and somebody has deleted W since. The same write is sent again: by its condition at most one attempt can
 *       be in effect at a time, and all carry the same bytes. So W can come back once after somebody deleted it, as it could
 *       if the deletion had been a moment earlier; who deletes names for good must not be raced by who creates them. The log
 *       does not: it deletes only what a snapshot covers or a dropped collection held.
 * </ul>
 */
final class Change {

    private final Target target;
    private final Bucket.Condition condition;
    private final String putId = UUID.randomUUID().toString();
    private final Doubt doubt;

    Change(Target target, Attempts attempts, Bucket.Condition condition) {
        this.target = target;
        this.condition = condition;
        this.doubt = new Doubt(target, attempts, "putId=" + putId);
    }

    Outcome write(List<ByteBuffer> content) throws IOException {
        while (true) {
            IOException failure;
            try {
                StoredObject written = target.bucket().put(target.key(), content, condition, putId);
                doubt.succeeded();
                return new Outcome.Written(written);
            } catch (NotDoneException e) {
                failure = e;
            } catch (OutcomeOpenException | ConditionFailedException | NoSuchFileException e) {
                doubt.met(e);
                Optional<Outcome> settled = settled(e);
                if (settled.isPresent()) {
                    return settled.get();
                }
                failure = e;
            } catch (IOException e) {
                throw doubt.certain(e);
            } catch (SeawallException e) {
                if (doubt.open()) {
                    throw doubt.unknown(e);
                }
                throw e;
            } catch (RuntimeException e) {
                throw doubt.unknown(e);
            }
            doubt.again(failure);
        }
    }

    /** What is at the key, as an outcome; empty if the condition holds, so that nothing is in effect. */
    private Optional<Outcome> settled(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException && condition instanceof Bucket.Condition.Absent) {
            // what is missing is the bucket
            throw doubt.certain(failure);
        }
        Optional<StoredObject> found = doubt.look(failure);
        if (found.flatMap(StoredObject::putId).filter(putId::equals).isPresent()) {
            return found.map(Outcome.Written::new);
        }
        boolean holds = condition instanceof Bucket.Condition.Version expected
                ? found.filter(object -> isOf(object.version(), expected.version()))
                        .isPresent()
                : found.isEmpty();
        return holds ? Optional.empty() : Optional.of(new Outcome.Refused(found, doubt.open(), failure));
    }

    /** The version may be of a list, which knows only what the store compares. */
    private boolean isOf(String found, String expected) {
        return found.equals(expected) || target.bucket().compared(found).equals(expected);
    }
}
