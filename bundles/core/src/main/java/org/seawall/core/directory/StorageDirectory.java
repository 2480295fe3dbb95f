package org.seawall.core.directory;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.core.engine.Causes;
import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the directories that a log's collections are spread over: up, with what its collections are read and written with,
 * or down, with the reason. Up means that it is locked and is the storage that the catalog knows. Safe for use by several
 * threads; {@link #bringUp} and {@link #takeDown} may take as long as the storage does.
 */
public final class StorageDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(StorageDirectory.class);

    private sealed interface State {}

    private record Up(Session session, String storage, StorageLock lock) implements State {}

    private record Down(LogState state, String detail) implements State {}

    private final String log;
    private final String url;
    private final Location root;
    private final DirectoryThreads threads;
    private final Object changes = new Object();
    private final AtomicInteger creations = new AtomicInteger();
    private final SessionGate appends = new SessionGate();
    private final SessionGate upkeep = new SessionGate();
    private Optional<Session> offered = Optional.empty();
    private volatile State state = new Down(LogState.RECOVERING, "");

    /**
     * A directory that is down.
     *
     * @param log the log's name, for the lock and for messages
     * @param url the directory as it is configured
     * @param threads work for this directory alone
     */
    public StorageDirectory(String log, String url, DirectoryThreads threads) {
        this.log = log;
        this.url = url;
        this.root = Location.parse(url);
        this.threads = threads;
    }

    /**
     * Gives the services to work with; the directory comes up with them when it is next looked after.
     *
     * @param session reads and writes the collections
     */
    public void offer(Session session) {
        synchronized (changes) {
            offered = Optional.of(session);
        }
    }

    /**
     * Reads in another way from now on, at the next recovery.
     *
     * @param reading how to read back
     */
    public void reading(Reading reading) {
        synchronized (changes) {
            offered = offered.map(session -> session.reading(reading));
            if (state instanceof Up up) {
                state = new Up(up.session().reading(reading), up.storage(), up.lock());
            }
        }
    }

    /**
     * Brings the directory up, unless it is.
     *
     * @param known the ids of all storages that the catalog knows
     * @param expected those of them that were found at this URL
     * @return whether it is up
     */
    public boolean bringUp(Set<String> known, Set<String> expected) {
        synchronized (changes) {
            if (state instanceof Up) {
                return true;
            }
            if (offered.isEmpty()) {
                return false;
            }
            try {
                state = opened(offered.get(), known, expected);
                return true;
            } catch (IOException | SeawallException e) {
                down(Causes.line(e), e);
                return false;
            }
        }
    }

    /** Looks for the mark first: a lock makes the directory that it is in, on whatever disk is there. */
    private Up opened(Session session, Set<String> known, Set<String> expected) throws IOException {
        FileSystem files = session.backend().fileSystem();
        StorageMark mark = new StorageMark(files, root);
        requireKnown(mark.read(), known, expected);
        StorageLock lock = StorageLock.ofCollections(files, root, "log " + log);
        try {
            new CopyMark(files, root).requireFinished();
            Optional<String> found = mark.read();
            String storage = found.isPresent() ? found.get() : mark.create();
            return new Up(session, storage, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void requireKnown(Optional<String> found, Set<String> known, Set<String> expected) {
        if (!expected.isEmpty() && found.filter(known::contains).isEmpty()) {
            throw new LogUnavailableException("storage of collections is not there, is it mounted? expected="
                    + expected + ", actual=" + found.map(id -> "[" + id + "]").orElse("none") + ", file="
                    + root.child(StorageMark.NAME));
        }
    }

    /**
     * Whether the storage is still the one that came up: not where its disk was taken away under a running log.
     *
     * @throws IOException if it is not, or cannot be read
     */
    public void verify() throws IOException {
        if (state instanceof Up up) {
            Optional<String> found = new StorageMark(up.session().backend().fileSystem(), root).read();
            if (!found.equals(Optional.of(up.storage()))) {
                throw new IOException("storage of collections is not there any more, expected=" + up.storage()
                        + ", actual=" + found.orElse("none") + ", file=" + root.child(StorageMark.NAME));
            }
        }
    }

    /**
     * Takes the directory down, with the services. Nothing is opened from then on; the lock goes last.
     *
     * @param why in words for the status
     * @param closing closes the collections
     */
    public void takeDown(String why, Runnable closing) {
        synchronized (changes) {
            offered = Optional.empty();
            State before = state;
            state = new Down(LogState.WAITING, why);
            closing.run();
            if (before instanceof Up up) {
                up.lock().close();
            }
        }
    }

    private void down(String detail, Exception cause) {
        if (!detail().equals(detail)) {
            LOG.error("directory is unavailable, tried again every few seconds, log={}, url={}: {}", log, url, detail);
            LOG.debug("the cause", cause);
        }
        state = new Down(LogState.UNAVAILABLE, detail);
    }

    /**
     * What the collections are read and written with.
     *
     * @return the session
     * @throws LogUnavailableException if the directory is down
     */
    public Session session() {
        if (state instanceof Up up) {
            return up.session();
        }
        throw new LogUnavailableException("directory is unavailable, log=" + log + ", url=" + url + ": " + detail());
    }

    /**
     * The id of the storage.
     *
     * @return the id, or empty while it is not known since the directory is down
     */
    public Optional<String> storage() {
        return state instanceof Up up ? Optional.of(up.storage()) : Optional.empty();
    }

    /**
     * Where a collection is that is created here.
     *
     * @return the place for the catalog
     * @throws LogUnavailableException if the directory is down
     */
    public Place place() {
        session();
        return new Place(storage().orElse(""), url);
    }

    /**
     * The directory as it is configured.
     *
     * @return the URL
     */
    public String url() {
        return url;
    }

    /**
     * The directory.
     *
     * @return the location
     */
    public Location root() {
        return root;
    }

    /**
     * Works for this directory alone.
     *
     * @return the threads
     */
    public DirectoryThreads threads() {
        return threads;
    }

    /**
     * Whether the collections can be opened.
     *
     * @return true if it is up
     */
    public boolean up() {
        return state instanceof Up;
    }

    /**
     * How it is.
     *
     * @return open if it is up
     */
    public LogState state() {
        return state instanceof Down down ? down.state() : LogState.OPEN;
    }

    /**
     * Why it is down.
     *
     * @return the reason, or empty
     */
    public String detail() {
        return state instanceof Down down ? down.detail() : "";
    }

    /**
     * Through which all appends to the collections go.
     *
     * @return held while the services change, or are away
     */
    public SessionGate appends() {
        return appends;
    }

    /**
     * Through which goes what is done with the collections' files beside the appends.
     *
     * @return held a little before that of the appends, so that these need not wait for it
     */
    public SessionGate upkeep() {
        return upkeep;
    }

    /**
     * How many collections are just being created here: more than none for long where the storage hangs.
     *
     * @return counts them
     */
    public AtomicInteger creations() {
        return creations;
    }
}
