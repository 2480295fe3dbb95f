package org.seawall.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.seawall.Acknowledgement;
import org.seawall.Entry;

/** Appends batches of puts and deletes, with several in flight. */
final class Writer extends Actor {
    private static final int IN_FLIGHT = 4;
    private static final int IDS = 9;
    private static final int[] LENGTHS = {1, 80, 80, 80, 80, 1_500, 1_500, 15_000};

    private final List<CompletableFuture<?>> inFlight = new ArrayList<>();

    private final boolean restless;

    Writer(Process process) {
        this(process, false);
    }

    /** One that is restless appends as soon as there is room, and leaves no time between two commits. */
    Writer(Process process, boolean restless) {
        super(process);
        this.restless = restless;
    }

    @Override
    boolean rests() {
        return !restless && super.rests();
    }

    @Override
    void act() {
        any().ifPresent(this::append);
        inFlight.removeIf(CompletableFuture::isDone);
        if (inFlight.size() >= IN_FLIGHT || !restless && random.nextInt(3) > 0) {
            scheduler.yieldUntil(
                    "waited", () -> process.dead() || inFlight.stream().anyMatch(CompletableFuture::isDone));
        }
    }

    private void append(Opening opening) {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            entries.add(entry());
        }
        Batch batch = new Batch(process.world().nextBatch(), entries);
        Acknowledgement level = process.world().levels()
                ? Acknowledgement.values()[random.nextInt(Acknowledgement.values().length)]
                : Acknowledgement.DURABLE;
        scheduler.note("  " + process + " appends " + batch + " " + level);
        inFlight.add(process.append(opening, batch, level));
    }

    private Entry entry() {
        String id = "k" + random.nextInt(IDS);
        Instant number = Instant.ofEpochMilli(process.world().nextEntry());
        if (random.nextInt(5) == 0) {
            return Entry.delete(id).withTimestamp(number);
        }
        byte[] payload = new byte[random.nextInt(LENGTHS[random.nextInt(LENGTHS.length)])];
        Arrays.fill(payload, (byte) 7);
        Entry put = Entry.payload(id, payload).withTimestamp(number);
        return random.nextInt(8) == 0
                ? put.withExpiry(scheduler.clock().instant().plusMillis(random.nextInt(1_000)))
                : put;
    }
}
