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

    private record Up(Site site, StorageLock lock) implements State {}

    private record Down(LogState state, String detail) implements State {}

    /** Where it is to be. */
    private record Target(String url, Location root) {
        private static Target of(String url) {
            return new Target(url, Location.parse(url));
        }
    }

    private final String log;
    private final OldPlaces olds;
    private final DirectoryThreads threads;
    private final Object changes = new Object();
    private final AtomicInteger creations = new AtomicInteger();
    private final SessionGate appends = new SessionGate();
    private final SessionGate upkeep = new SessionGate();
    private volatile Target target;
    private volatile String moving = "";
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
        this.olds = new OldPlaces(log);
        this.target = Target.of(url);
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
                state = new Up(up.site().reading(reading), up.lock());
            }
            olds.reading(reading);
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
                state = opened(target, offered.get(), known, expected);
                return true;
            } catch (IOException | SeawallException e) {
                down(Causes.line(e), e);
                return false;
            }
        }
    }

    /**
     * Goes to another place. The one where it was stays up as an old place, if it was up, until its collections are in the new
     * one.
     *
     * @param url the new place as it is configured
     * @param session reads and writes there
     * @param known the ids of all storages that the catalog knows
     * @param expected those of them that were found at the new URL
     * @throws IOException if the new place cannot be locked or read; the directory stays where it is
     */
    public void moveTo(String url, Session session, Set<String> known, Set<String> expected) throws IOException {
        synchronized (changes) {
            Target next = Target.of(url);
            Up there = opened(next, session, known, expected);
            if (state instanceof Up up) {
                olds.add(up.site(), up.lock());
            }
            target = next;
            offered = Optional.of(session);
            state = there;
        }
    }

    /** Looks for the mark first: a lock makes the directory that it is in, on whatever disk is there. */
    private Up opened(Target at, Session session, Set<String> known, Set<String> expected) throws IOException {
        FileSystem files = session.backend().fileSystem();
        Location root = at.root();
        StorageMark mark = new StorageMark(files, root);
        requireKnown(root, mark.read(), known, expected);
        StorageLock lock = StorageLock.ofCollections(files, root, "log " + log);
        try {
            new CopyMark(files, root).requireFinished();
            Optional<String> found = mark.read();
            String storage = found.isPresent() ? found.get() : mark.create();
            return new Up(new Site(new Place(storage, at.url()), root, session), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireKnown(Location root, Optional<String> found, Set<String> known, Set<String> expected) {
        if (!expected.isEmpty() && found.filter(known::contains).isEmpty()) {
            throw new LogUnavailableException("storage of collections is not there, is it mounted? expected="
                    + expected + ", actual=" + found.map(id -> "[" + id + "]").orElse("none") + ", file="
                    + root.child(StorageMark.NAME));
        }
    }

    /**
     * Whether the storage of a collection is still the one that came up: not where its disk was taken away under a running log.
     *
     * @param place where the collection is
     * @throws IOException if it is not, or cannot be read
     */
    public void verify(Place place) throws IOException {
        Site site = site(place);
        String expected = site.place().storage();
        Optional<String> found = new StorageMark(site.session().backend().fileSystem(), site.root()).read();
        if (!found.equals(Optional.of(expected))) {
            throw new IOException("storage of collections is not there any more, expected=" + expected + ", actual="
                    + found.orElse("none") + ", file=" + site.root().child(StorageMark.NAME));
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
            olds.releaseAll();
        }
    }

    private void down(String detail, Exception cause) {
        if (!detail().equals(detail)) {
            LOG.error(
                    "directory is unavailable, tried again every few seconds, log={}, url={}: {}", log, url(), detail);
            LOG.debug("the cause", cause);
        }
        state = new Down(LogState.UNAVAILABLE, detail);
    }

    /**
     * Where new collections go, and what they are written with.
     *
     * @return the place
     * @throws LogUnavailableException if the directory is down
     */
    public Site site() {
        if (state instanceof Up up) {
            return up.site();
        }
        throw new LogUnavailableException("directory is unavailable, log=" + log + ", url=" + url() + ": " + detail());
    }

    /**
     * Where a collection is, and what it is read and written with: here, or in a place that collections are moved from.
     *
     * @param place what the catalog says
     * @return the place
     * @throws LogUnavailableException if it is down
     */
    public Site site(Place place) {
        Site here = site();
        if (place.first() || place.storage().equals(here.place().storage())) {
            return here;
        }
        return olds.site(place)
                .orElseThrow(() -> new LogUnavailableException("place that the collection is moved from is"
                        + " unavailable, log=" + log + ", url=" + place.url() + ": " + olds.why(place)));
    }

    /**
     * The file system of a place that a collection was moved from.
     *
     * @param place what the catalog says
     * @return its files; if it is down, whatever is asked for fails
     */
    public FileSystem oldFiles(Place place) {
        return oldSite(place)
                .map(site -> site.session().backend().fileSystem())
                .orElseGet(() -> new MissingFiles(olds.why(place)));
    }

    /**
     * A place that a collection was moved from: it may be the one to which it is about to go back.
     *
     * @param place what the catalog says
     * @return the place, if it is up
     */
    public Optional<Site> oldSite(Place place) {
        return state instanceof Up up && up.site().place().storage().equals(place.storage())
                ? Optional.of(up.site())
                : olds.site(place);
    }

    /**
     * The places that collections are moved from.
     *
     * @return those of this directory
     */
    public OldPlaces olds() {
        return olds;
    }

    /**
     * The id of the storage.
     *
     * @return the id, or empty while it is not known since the directory is down
     */
    public Optional<String> storage() {
        return state instanceof Up up ? Optional.of(up.site().place().storage()) : Optional.empty();
    }

    /**
     * The directory as it is configured.
     *
     * @return the URL
     */
    public String url() {
        return target.url();
    }

    /**
     * The directory.
     *
     * @return the location
     */
    public Location root() {
        return target.root();
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
     * Why it is down, or not where it is to be.
     *
     * @return the reason, or empty
     */
    public String detail() {
        return state instanceof Down down ? down.detail() : moving;
    }

    /**
     * Why it is not where it is to be.
     *
     * @return the reason, or empty
     */
    public String moving() {
        return moving;
    }

    /**
     * Says why it is not where it is to be.
     *
     * @param why in words, or empty
     */
    public void moving(String why) {
        moving = why;
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
