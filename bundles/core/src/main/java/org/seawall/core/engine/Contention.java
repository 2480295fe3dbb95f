package org.seawall.core.engine;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.concurrent.TimeUnit;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.Capability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one does who opens a log and is too late with his fence again and again: at first he hurries, then he asks the writer
 * to yield (see {@link Yielding}), and at last he gives up. For one opening, in its thread.
 */
final class Contention {
    private static final Logger LOG = LoggerFactory.getLogger(Contention.class);

    private static final int BEFORE_ASKING = 4;

    /** However long each of them takes: some have to come after the writer has yielded. */
    private static final int AT_LEAST = 2 * BEFORE_ASKING;

    private final Session session;
    private final LogLayout layout;
    private final boolean canAsk;
    private int attempts;
    private long sinceNanos;
    private long attemptNanos;
    private long askedNanos;
    private long askedEpoch;
    private long highest;

    Contention(Session session, LogLayout layout) {
        this.session = session;
        this.layout = layout;
        this.canAsk = session.backend().fileSystem().capabilities().contains(Capability.CONDITIONAL_REPLACE);
    }

    /**
     * Another has gone on with the log since its end was read. Returns when it is time to try again.
     *
     * @param epoch the highest that was met this time
     * @throws LogUnavailableException if it is no use to try again at once
     * @throws IOException if the thread is interrupted
     */
    void lost(long epoch, Exception cause) throws IOException {
        long now = session.delays().nanoTime();
        attempts++;
        highest = Math.max(highest, epoch);
        if (attempts == 1) {
            sinceNanos = now;
        }
        if (attempts >= AT_LEAST && now - sinceNanos >= nanos(session.takeover().patienceMillis())) {
            throw new LogUnavailableException(
                    "another writer goes on with the log and does not yield, stop it or try again later, attempts="
                            + attempts + ", epoch=" + highest + ", log=" + layout.directory(),
                    cause);
        }
        if (canAsk && (attempts >= BEFORE_ASKING || slow(now))) {
            if (highest > askedEpoch
                    || now - askedNanos >= nanos(session.takeover().askMillis())) {
                ask(TimeUnit.NANOSECONDS.toMillis(now - attemptNanos));
            }
            session.delays().rest(nanos(session.takeover().restMillis()));
        }
        attemptNanos = session.delays().nanoTime();
    }

    /** Where an attempt takes long there is no use in many of them. */
    private boolean slow(long now) {
        return attempts > 1 && now - sinceNanos >= nanos(session.takeover().lookMillis());
    }

    private void ask(long attemptMillis) {
        askedNanos = session.delays().nanoTime();
        askedEpoch = highest;
        try {
            TakeoverRequest.of(session, highest, attemptMillis)
                    .write(session.backend().fileSystem(), layout.takeover());
            LOG.info(
                    "asked the writer of the log to yield, attempts={}, epoch={}, log={}",
                    attempts,
                    highest,
                    layout.directory());
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another has asked for the log at the same moment, log={}", layout.directory(), e);
        } catch (IOException | SeawallException e) {
            // it goes without, and is asked again after a while
            LOG.warn("request for the log not written, log={}", layout.directory(), e);
        }
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
