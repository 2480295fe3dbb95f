package org.seawall.core.directory;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seawall.SeawallException;
import org.seawall.core.engine.Causes;
import org.seawall.core.engine.Reading;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places that collections of a directory are moved from: each is up, locked as long as anything of them may be there, or
 * down, with the reason. Safe for use by several threads.
 */
public final class OldPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(OldPlaces.class);

    /** A place that is up. */
    private record Held(Site site, StorageLock lock) {}

    private final String log;
    private final Map<Place, Held> up = new LinkedHashMap<>();
    private final Map<Place, String> down = new LinkedHashMap<>();
    private Map<String, Session> offered = Map.of();

    OldPlaces(String log) {
        this.log = log;
    }

    /**
     * Gives services to work with. What is up stays up.
     *
     * @param sessions by URL
     */
    public synchronized void offer(Map<String, Session> sessions) {
        offered = Map.copyOf(sessions);
    }

    /**
     * Brings places up that are not, as far as there are services for them.
     *
     * @param wanted all that anything is to be read in
     */
    public synchronized void bringUp(Collection<Place> wanted) {
        down.keySet().retainAll(Set.copyOf(wanted));
        for (Place place : wanted) {
            if (site(place).isEmpty()) {
                bringUp(place);
            }
        }
    }

    private void bringUp(Place place) {
        Optional<Session> session = Optional.ofNullable(offered.get(place.url()));
        if (session.isEmpty()) {
            down(place, "waits for a file system to reach " + place.url());
            return;
        }
        try {
            add(opened(place, session.get()));
        } catch (IOException | SeawallException e) {
            down(place, Causes.line(e));
            LOG.debug("the cause", e);
        }
    }

    private Held opened(Place place, Session session) throws IOException {
        FileSystem files = session.backend().fileSystem();
        Location root = Location.parse(place.url());
        requireMark(files, root, place);
        StorageLock lock = StorageLock.ofCollections(files, root, "log " + log);
        try {
            requireMark(files, root, place);
            return new Held(new Site(place, root, session), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireMark(FileSystem files, Location root, Place place) throws IOException {
        Optional<String> found = new StorageMark(files, root).read();
        if (!found.equals(Optional.of(place.storage()))) {
            throw new IOException("storage of collections is not there, is it mounted? expected=" + place.storage()
                    + ", actual=" + found.orElse("none") + ", file=" + root.child(StorageMark.NAME));
        }
    }

    private void down(Place place, String why) {
        if (!why.equals(down.put(place, why))) {
            LOG.warn("place that collections are moved from is unavailable, log={}, url={}: {}", log, place.url(), why);
        }
    }

    /** Takes a place that is up already. */
    synchronized void add(Site site, StorageLock lock) {
        add(new Held(site, lock));
    }

    private void add(Held held) {
        up.put(held.site().place(), held);
        down.remove(held.site().place());
    }

    /**
     * A place, if it is up.
     *
     * @param place as the catalog has it; a storage is the same under whatever URL
     * @return the place with its services
     */
    public synchronized Optional<Site> site(Place place) {
        return up.values().stream()
                .map(Held::site)
                .filter(site -> site.place().storage().equals(place.storage()))
                .findFirst();
    }

    /**
     * Why a place is down.
     *
     * @param place as the catalog has it
     * @return what it waits for, or what was wrong with it
     */
    public synchronized String why(Place place) {
        return down.getOrDefault(place, "waits for a file system to reach " + place.url());
    }

    /**
     * All that are up.
     *
     * @return in the order in which they came
     */
    public synchronized List<Site> sites() {
        return up.values().stream().map(Held::site).toList();
    }

    synchronized void reading(Reading reading) {
        up.replaceAll((place, held) -> new Held(held.site().reading(reading), held.lock()));
        offered = offered.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().reading(reading)));
    }

    /**
     * Whether nothing is left of a collection in a place, nor its mark: what deletes them was done, and was not told.
     *
     * @param place as the catalog has it
     * @param directory the name of the collection's directory
     * @return false also if there are no services to see that
     * @throws IOException if the storage fails
     */
    public synchronized boolean emptied(Place place, String directory) throws IOException {
        Optional<Session> session = Optional.ofNullable(offered.get(place.url()));
        if (site(place).isPresent() || session.isEmpty()) {
            return false;
        }
        FileSystem files = session.get().backend().fileSystem();
        Location root = Location.parse(place.url());
        return new StorageMark(files, root).read().isEmpty()
                && files.find(root.child(directory)).isEmpty();
    }

    /**
     * Deletes the mark of a place in which no collection is any more. Where there are no locks it stays, as fences do.
     *
     * @param place as the catalog has it
     * @throws IOException if the storage fails
     */
    public synchronized void unmark(Place place) throws IOException {
        Optional<Site> site = site(place);
        if (site.filter(one -> !one.shared()).isPresent()) {
            new StorageMark(
                            site.get().session().backend().fileSystem(),
                            site.get().root())
                    .delete();
        }
    }

    /**
     * Lets a place go.
     *
     * @param place of {@link #sites()}
     */
    public synchronized void release(Place place) {
        Optional.ofNullable(up.remove(place)).ifPresent(held -> held.lock().close());
    }

    /** Lets all go; they come up again with the services that are offered then. */
    synchronized void releaseAll() {
        up.values().forEach(held -> held.lock().close());
        up.clear();
        offered = Map.of();
    }
}
