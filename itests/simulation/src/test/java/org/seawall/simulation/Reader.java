package org.seawall.simulation;

import java.util.Optional;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;

/** Reads on, entry by entry, and looks ids up. */
final class Reader extends Actor {
    Reader(Process process) {
        super(process);
    }

    @Override
    void act() {
        any().ifPresent(opening -> {
            if (random.nextBoolean()) {
                get(opening, "k" + random.nextInt(10));
            } else {
                follow(opening);
            }
        });
    }

    private void get(Opening opening, String id) {
        long now = scheduler.clock().millis();
        Optional<LoggedEntry> found = opening.log().memtable().get(id, now);
        found.ifPresent(logged -> opening.history().seen(opening, logged));
        Optional<LoggedEntry> expected = opening.history().get(opening, id, now);
        Check.that(found.equals(expected), () -> "get, id=" + id + ", expected=" + expected + ", found=" + found);
    }

    /** Law 2, and reads that only go forward: behind what was there when the log was opened none is left out. */
    private void follow(Opening opening) {
        long met = opening.log().memtable().lastSequence();
        long from = 1 + random.nextLong(met + 1);
        try (LogReader reader = opening.log().read(from)) {
            long last = from - 1;
            for (int i = random.nextInt(30); i >= 0 && !process.ending(); i--) {
                Optional<LoggedEntry> next = reader.poll();
                if (next.isPresent()) {
                    long before = last;
                    last = next.get().sequence();
                    long sequence = last;
                    Check.that(
                            sequence > before && sequence <= Math.max(before, opening.droppedUpTo()) + 1,
                            () -> "read out of order, sequence=" + sequence + ", before=" + before);
                    opening.history().seen(opening, next.get());
                }
                if (next.isEmpty() || random.nextInt(4) == 0) {
                    scheduler.yield("reads on");
                }
            }
        }
    }
}
