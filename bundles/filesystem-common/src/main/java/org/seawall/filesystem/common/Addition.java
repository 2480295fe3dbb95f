package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.AppendRefusedException;

/**
 * One append, sent until its outcome is known. An outcome that is not known is read back: the bytes at the position are ours,
 * or another's, or there are none yet. All attempts name the same position, so at most one of them takes effect; a refusal may
 * be the answer to our own earlier attempt. For one thread, used once.
 *
 * <p>At position 0 the object is created before the first attempt, and never after one: what that has appended may have been
 * read and archived by somebody since, and the object would come back beside the log.
 */
final class Addition {

    private static final int PIECE = 1 << 20;

    private final Target target;
    private final GrowingBucket bucket;
    private final long position;
    private final Doubt doubt;

    Addition(Target target, GrowingBucket bucket, Attempts attempts, long position) {
        this.target = target;
        this.bucket = bucket;
        this.position = position;
        this.doubt = new Doubt(target, attempts, "position=" + position);
    }

    /** The object with what was appended, which is its end. */
    StoredObject append(List<ByteBuffer> content) throws IOException {
        while (true) {
            IOException failure;
            try {
                StoredObject appended = bucket.append(target.key(), position, content);
                doubt.succeeded();
                return appended;
            } catch (NotDoneException e) {
                failure = e;
            } catch (OutcomeOpenException | ConditionFailedException | SealedException | NoSuchFileException e) {
                doubt.met(e);
                Optional<StoredObject> settled = settled(content, e);
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

    /** The object, if what was appended is in it; empty if it is not there and may still come. */
    private Optional<StoredObject> settled(List<ByteBuffer> content, IOException failure) throws IOException {
        StoredObject found = doubt.look(failure).orElseThrow(() -> doubt.certain(missing(failure)));
        long end = position + content.stream().mapToLong(ByteBuffer::remaining).sum();
        if (found.size() >= end && holds(found, content, failure)) {
            return Optional.of(new StoredObject(found.key(), end, found.version(), found.putId()));
        }
        if (found.size() != position) {
            throw refused("is of another length, expected=" + position + ", size=" + found.size(), failure);
        }
        if (failure instanceof SealedException) {
            throw refused("takes no appends, size=" + found.size(), failure);
        }
        return Optional.empty();
    }

    private boolean holds(StoredObject found, List<ByteBuffer> content, IOException failure) {
        long at = position;
        for (ByteBuffer buffer : content) {
            ByteBuffer rest = buffer.duplicate();
            while (rest.hasRemaining()) {
                ByteBuffer ours = rest.slice(rest.position(), Math.min(PIECE, rest.remaining()));
                if (!ours.equals(read(found, at, ours.remaining(), failure))) {
                    return false;
                }
                at += ours.remaining();
                rest.position(rest.position() + ours.remaining());
            }
        }
        return true;
    }

    private ByteBuffer read(StoredObject found, long at, int length, IOException failure) {
        ByteBuffer theirs = ByteBuffer.allocate(length);
        return doubt.read(failure, () -> {
            bucket.read(found, at, theirs.clear());
            return theirs.clear();
        });
    }

    private IOException missing(IOException failure) {
        NoSuchFileException missing =
                new NoSuchFileException(target.location().toString(), null, "nothing is there to append to");
        missing.initCause(failure);
        return missing;
    }

    private AppendRefusedException refused(String fact, IOException failure) {
        AppendRefusedException refused = new AppendRefusedException(target.location(), fact);
        refused.initCause(failure);
        return refused;
    }
}
