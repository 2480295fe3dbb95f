package org.seawall.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seawall.spi.filesystem.Location;

/**
 * Which names files have as they are seen, and which names they would have after a loss of power. A change of a name is
 * durable when each directory that it touches was forced; until then any subset of such changes may be left. A rename is one
 * change.
 */
final class VolatileNames {
    private final Map<Location, VolatileFile> seen = new LinkedHashMap<>();
    private final Map<Location, VolatileFile> durable = new LinkedHashMap<>();
    private final List<Change> pending = new ArrayList<>();

    /** A creation has no old name, a deletion no new one. */
    private record Change(Optional<Location> from, Optional<Location> to, VolatileFile file, Set<Location> unforced) {
        void apply(Map<Location, VolatileFile> names) {
            from.ifPresent(location -> names.remove(location, file));
            to.ifPresent(location -> names.put(location, file));
        }
    }

    Optional<VolatileFile> seen(Location location) {
        return Optional.ofNullable(seen.get(location));
    }

    /** A file that was there before, or that came with a durable name. */
    VolatileFile durable(Location location, VolatileFile file) {
        withdraw(location);
        seen.put(location, file);
        durable.put(location, file);
        return file;
    }

    VolatileFile created(Location location, VolatileFile file) {
        change(new Change(Optional.empty(), Optional.of(location), file, directories(location)));
        return file;
    }

    void renamed(Location from, Location to) {
        change(new Change(Optional.of(from), Optional.of(to), seen.get(from), directories(from, to)));
    }

    void deleted(Location location) {
        change(new Change(Optional.of(location), Optional.empty(), seen.get(location), directories(location)));
    }

    /** Makes the changes of names in a directory durable. */
    void forced(Location directory) {
        pending.forEach(change -> change.unforced().remove(directory));
        settle();
    }

    /** Makes the changes of names in a directory and below durable. */
    void forcedTree(Location directory) {
        pending.forEach(
                change -> change.unforced().removeIf(forced -> forced.equals(directory) || isBelow(directory, forced)));
        settle();
    }

    /** The files that are seen in a directory and below. */
    List<Location> below(Location directory) {
        return seen.keySet().stream().filter(file -> isBelow(directory, file)).toList();
    }

    private static boolean isBelow(Location directory, Location location) {
        return location.scheme().equals(directory.scheme()) && location.path().startsWith(directory.path() + "/");
    }

    /** The names after a loss of power. */
    Map<Location, VolatileFile> left(Survival survival) {
        Map<Location, VolatileFile> left = new LinkedHashMap<>(durable);
        for (Change change : pending) {
            if (survival.name()) {
                change.apply(left);
            }
        }
        return left;
    }

    /** All names that are or may be. */
    Set<Location> touched() {
        Set<Location> touched = new LinkedHashSet<>(seen.keySet());
        touched.addAll(durable.keySet());
        for (Change change : pending) {
            change.from().ifPresent(touched::add);
            change.to().ifPresent(touched::add);
        }
        return touched;
    }

    private void change(Change change) {
        change.apply(seen);
        pending.add(change);
    }

    private void settle() {
        List<Change> settled =
                pending.stream().filter(change -> change.unforced().isEmpty()).toList();
        pending.removeAll(settled);
        for (Change change : settled) {
            change.apply(durable);
            change.from().ifPresent(gone -> neverGiven(gone, change.file()));
        }
    }

    /** A name that is durably gone does not come back by what gave it to the file before and is not durable yet. */
    private void neverGiven(Location gone, VolatileFile file) {
        pending.replaceAll(change -> change.file() == file && change.to().equals(Optional.of(gone))
                ? new Change(change.from(), Optional.empty(), change.file(), change.unforced())
                : change);
    }

    /** What was about to give the name to another file does so no more, now that a file has it durably. */
    private void withdraw(Location location) {
        pending.replaceAll(change -> change.to().equals(Optional.of(location))
                ? new Change(change.from(), Optional.empty(), change.file(), change.unforced())
                : change);
    }

    private static Set<Location> directories(Location... files) {
        Set<Location> directories = new HashSet<>();
        for (Location file : files) {
            directories.add(file.parent());
        }
        return directories;
    }
}
