package org.seawall.viper.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.part.BlockCache;

/**
 * What the stores of a process have in common: the parts that are open, within one limit of memory, and which moments of a directory are
 * being viewed. A part that nobody uses goes when the limit is passed, the least recently used first. Safe for use by several threads; a
 * part is opened once however many ask for it at once.
 */
public final class PartPool implements AutoCloseable {
    private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Pins> pins = new TreeMap<>();
    private final BlockCache blocks;
    private long limitBytes;
    private long bytes;

    /**
     * A pool without a part.
     *
     * @param limitBytes how much memory sidecars that nobody uses may take; one that is used is in memory whatever its size. As much may be
     *     taken by blocks of parts that are on object stores
     */
    public PartPool(long limitBytes) {
        this.limitBytes = limitBytes;
        this.blocks = new BlockCache(limitBytes);
    }

    /**
     * Changes the limit.
     *
     * @param newLimitBytes holds from the next use of a part on
     */
    public synchronized void limit(long newLimitBytes) {
        limitBytes = newLimitBytes;
        blocks.limit(newLimitBytes);
    }

    /**
     * How much memory open parts take.
     *
     * @return bytes, about
     */
    public synchronized long bytes() {
        return bytes;
    }

    /** Blocks of parts that are on object stores. */
    BlockCache blocks() {
        return blocks;
    }

    /** Ends the threads that read ahead; nothing is read from object stores any more but what is in memory. */
    @Override
    public void close() {
        blocks.close();
    }

    /** The moments of a directory that are being viewed, by whichever store of it. */
    synchronized Pins pins(Location directory) {
        return pins.computeIfAbsent(directory.toString(), name -> new Pins());
    }

    /**
     * Does something with a part, which stays open meanwhile.
     *
     * @throws IOException if the part cannot be opened, or the use fails
     */
    <T> T use(PartOpener opener, String name, PartCache.Use<T> use) throws IOException {
        Key key = new Key(opener, name);
        Slot slot = taken(key);
        try {
            return use.with(opened(key, slot));
        } finally {
            close(released(key, slot));
        }
    }

    private synchronized Slot taken(Key key) {
        Slot slot = slots.computeIfAbsent(key, missing -> new Slot());
        slot.users++;
        return slot;
    }

    private OpenPart opened(Key key, Slot slot) throws IOException {
        synchronized (slot) {
            if (slot.part == null) {
                slot.part = key.opener().open(key.name());
                synchronized (this) {
                    bytes += slot.bytes();
                }
            }
            return slot.part;
        }
    }

    private synchronized List<OpenPart> released(Key key, Slot slot) {
        slot.users--;
        if (slot.users == 0 && slot.part == null) {
            slots.remove(key);
        }
        List<OpenPart> evicted = new ArrayList<>();
        for (Iterator<Slot> oldest = slots.values().iterator(); bytes > limitBytes && oldest.hasNext(); ) {
            Slot candidate = oldest.next();
            if (candidate.idle()) {
                oldest.remove();
                evicted.add(taken(candidate));
            }
        }
        return evicted;
    }

    private OpenPart taken(Slot slot) {
        bytes -= slot.bytes();
        return slot.part;
    }

    /** Lets go of parts that are not there any more. */
    void forget(PartOpener opener, Set<String> gone) throws IOException {
        close(removed(key -> key.opener() == opener && gone.contains(key.name())));
    }

    /** Lets go of all that an opener opened. */
    void forget(PartOpener opener) throws IOException {
        close(removed(key -> key.opener() == opener));
    }

    private synchronized List<OpenPart> removed(Predicate<Key> which) {
        List<OpenPart> parts = new ArrayList<>();
        for (Iterator<Map.Entry<Key, Slot>> all = slots.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Key, Slot> entry = all.next();
            if (which.test(entry.getKey()) && entry.getValue().idle()) {
                all.remove();
                parts.add(taken(entry.getValue()));
            }
        }
        return parts;
    }

    private static void close(List<OpenPart> parts) throws IOException {
        for (OpenPart part : parts) {
            part.close();
        }
    }

    /** A part of a store: an opener is the same as itself only. */
    private record Key(PartOpener opener, String name) {}

    /** A part, its users, and the place to wait in until it is open. */
    private static final class Slot {
        private OpenPart part;
        private int users;

        boolean idle() {
            return users == 0 && part != null;
        }

        long bytes() {
            return part.sidecar().memoryBytes();
        }
    }
}
