package org.seawall.viper.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts that are open, within a limit of memory: those that nobody uses go when it is passed, the least recently used first. Safe for use
 * by several threads; a part is opened once however many ask for it at once.
 */
final class PartCache implements AutoCloseable {
    private final PartOpener opener;
    private final long limitBytes;
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** What is done with an open part. */
    interface Use<T> {
        T with(OpenPart part) throws IOException;
    }

    PartCache(PartOpener opener, long limitBytes) {
        this.opener = opener;
        this.limitBytes = limitBytes;
    }

    /**
     * Does something with a part, which stays open meanwhile.
     *
     * @throws IOException if the part cannot be opened, or the use fails
     */
    <T> T use(String name, Use<T> use) throws IOException {
        Slot slot = taken(name);
        try {
            return use.with(opened(name, slot));
        } finally {
            release(slot);
        }
    }

    private synchronized Slot taken(String name) {
        Slot slot = slots.computeIfAbsent(name, key -> new Slot());
        slot.users++;
        return slot;
    }

    private OpenPart opened(String name, Slot slot) throws IOException {
        synchronized (slot) {
            if (slot.part == null) {
                slot.part = opener.open(name);
                synchronized (this) {
                    bytes += slot.bytes();
                }
            }
            return slot.part;
        }
    }

    private void release(Slot slot) throws IOException {
        for (OpenPart part : released(slot)) {
            part.close();
        }
    }

    private synchronized List<OpenPart> released(Slot slot) {
        slot.users--;
        List<OpenPart> evicted = new ArrayList<>();
        for (Iterator<Slot> oldest = slots.values().iterator(); bytes > limitBytes && oldest.hasNext(); ) {
            Slot candidate = oldest.next();
            if (candidate.users == 0 && candidate.part != null) {
                oldest.remove();
                bytes -= candidate.bytes();
                evicted.add(candidate.part);
            }
        }
        return evicted;
    }

    /** Bytes that parts take in memory now. */
    synchronized long bytes() {
        return bytes;
    }

    /** Lets go of parts that are not there any more. */
    void forget(java.util.Set<String> gone) throws IOException {
        List<OpenPart> parts = new ArrayList<>();
        synchronized (this) {
            for (String name : gone) {
                Slot slot = slots.get(name);
                if (slot != null && slot.users == 0 && slot.part != null) {
                    slots.remove(name);
                    bytes -= slot.bytes();
                    parts.add(slot.part);
                }
            }
        }
        for (OpenPart part : parts) {
            part.close();
        }
    }

    @Override
    public void close() throws IOException {
        java.util.Set<String> all;
        synchronized (this) {
            all = java.util.Set.copyOf(slots.keySet());
        }
        forget(all);
    }

    /** A part, its users, and the place to wait in until it is open. */
    private static final class Slot {
        private OpenPart part;
        private int users;

        long bytes() {
            return part.sidecar().memoryBytes();
        }
    }
}
