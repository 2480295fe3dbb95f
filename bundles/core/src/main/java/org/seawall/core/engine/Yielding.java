package org.seawall.core.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the writer of a log should commit nothing for a while, since somebody asks for the log and cannot put his fence
 * behind one who never rests. Looks for a request while commits are frequent, beside them, and asks the storage for nothing
 * while they are not. A request that nobody follows costs a pause: the next commit finds a fence, or it does not.
 */
final class Yielding {
    private static final Logger LOG = LoggerFactory.getLogger(Yielding.class);

    /** Whoever commits no more than so often between two looks leaves gaps that are wide enough. */
    private static final int OFTEN = 4;

    /** One that has begun already fails, one succeeds, and one is for the unforeseen. */
    private static final int ATTEMPTS = 3;

    /** How many times the usual pause the longest is, whatever a request says. */
    private static final int LONGEST = 10;

    /** In a pause, how long it takes at most until a fence is noticed. */
    private static final long FENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Session session;
    private final LogLayout layout;
    private final long epoch;
    private final boolean looks;

    /** Of the commit thread. */
    private int commits;

    private long fenceAtNanos;

    private volatile long lookAtNanos;
    private volatile boolean looking;
    private volatile boolean pausing;
    private volatile long untilNanos;

    /** Under the monitor: the version of the last request that was read. */
    private String known = "";

    private boolean ended;

    Yielding(Session session, LogLayout layout, long epoch) {
        Backend backend = session.backend();
        this.session = session;
        this.layout = layout;
        this.epoch = epoch;
        this.looks = backend.shared()
                && layout.writers() == LogLayout.Writers.ONE
                && backend.fileSystem().capabilities().contains(Capability.CONDITIONAL_REPLACE);
        this.fenceAtNanos = session.delays().nanoTime();
        this.lookAtNanos =
                session.delays().nanoTime() + nanos(session.takeover().lookMillis());
    }

    /** A group was committed. For the commit thread. */
    void committed() {
        if (!looks) {
            return;
        }
        commits++;
        if (commits >= OFTEN && !looking && session.delays().nanoTime() - lookAtNanos >= 0) {
            commits = 0;
            looking = true;
            session.commits().execute(this::look);
        }
    }

    /**
     * How long nothing is to be committed from now on; 0 if nobody need be let in any more. For the commit thread.
     *
     * @param next the name of the next segment: if it is there somebody came, and a commit finds it as well now as later
     */
    long pauseNanos(String next) {
        if (!pausing) {
            return 0;
        }
        long left = untilNanos - session.delays().nanoTime();
        if (left <= 0 || there(next)) {
            pausing = false;
            LOG.info("commits go on, log={}", layout.directory());
            return 0;
        }
        return left;
    }

    private boolean there(String segment) {
        long now = session.delays().nanoTime();
        if (now - fenceAtNanos < 0) {
            return false;
        }
        fenceAtNanos = now + FENCE_NANOS;
        Location file = layout.segments().segments().child(segment);
        try {
            return session.backend().fileSystem().find(file).isPresent();
        } catch (IOException | SeawallException e) {
            LOG.debug("not known whether the log was taken over, the pause goes on, file={}", file, e);
            return false;
        }
    }

    /** Looks no more; on return no look is under way. */
    void end() {
        synchronized (this) {
            ended = true;
        }
    }

    private synchronized void look() {
        try {
            lookAtNanos = session.delays().nanoTime() + nanos(session.takeover().lookMillis());
            FileSystem files = session.backend().fileSystem();
            Optional<FileInfo> found = ended ? Optional.empty() : files.find(layout.takeover());
            if (found.isPresent() && !found.get().version().equals(known)) {
                Optional<TakeoverRequest> request = TakeoverRequest.read(files, layout.takeover());
                known = found.get().version();
                // of a lower epoch it is one that was followed: this writer came after it
                request.filter(asked -> asked.epoch() >= epoch).ifPresent(this::yieldTo);
            }
        } catch (IOException | RuntimeException e) {
            // the root of the thread, and nothing depends on it
            LOG.debug(
                    "not known whether somebody asks for the log, looked at again soon, log={}", layout.directory(), e);
        } finally {
            looking = false;
        }
    }

    private void yieldTo(TakeoverRequest request) {
        long usual = session.takeover().yieldMillis();
        long millis = Math.min(
                LONGEST * usual, Math.max(usual, ATTEMPTS * Math.min(usual * LONGEST, request.attemptMillis())));
        untilNanos = session.delays().nanoTime() + nanos(millis);
        // whoever asks again and again gets half of the time at most
        lookAtNanos = untilNanos + nanos(millis);
        pausing = true;
        LOG.info(
                "another writer asks for the log, commits pause for it, millis={}, by={}, own epoch={}, log={}",
                millis,
                request.by(),
                epoch,
                layout.directory());
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
