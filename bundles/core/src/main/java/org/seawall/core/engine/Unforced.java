package org.seawall.core.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.seawall.SeawallException;
import org.seawall.spi.serializer.EncodedBatch;

/** What is written and may still be lost, and from when on readers see it. For the commit thread. */
final class Unforced {
    /** What readers are shown. */
    interface Readers {
        void show(long firstSequence, EncodedBatch batch);

        /** Called when a group was shown, before anybody is told. */
        void groupEnds();
    }

    private final Readers readers;
    private final ArrayDeque<Group.Batch> batches = new ArrayDeque<>();
    private long bytes;
    private long shown;

    Unforced(Readers readers, long shown) {
        this.readers = readers;
        this.shown = shown;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /** Takes a group that is written, and tells those who wait for no more. */
    void written(Group group, Visibility visibility) {
        batches.addAll(group.batches());
        bytes += group.bytes();
        if (visibility == Visibility.IMMEDIATE) {
            show(shown + 1 == group.first() ? group.batches() : batches);
            readers.groupEnds();
        }
        group.batches().forEach(Group.Batch::written);
    }

    /** Lets go what is durable: seen first, then told. */
    void forced(long durableSequence) {
        List<Group.Batch> durable = new ArrayList<>();
        while (!batches.isEmpty() && batches.peek().range().last() <= durableSequence) {
            bytes -= batches.peek().encoded().sizeBytes();
            durable.add(batches.poll());
        }
        if (!durable.isEmpty()) {
            show(durable);
            readers.groupEnds();
            durable.forEach(Group.Batch::durable);
        }
    }

    void failed(SeawallException failure) {
        batches.forEach(batch -> batch.failed(failure));
        batches.clear();
        bytes = 0;
    }

    private void show(Iterable<Group.Batch> inOrder) {
        for (Group.Batch batch : inOrder) {
            if (batch.range().first() > shown) {
                readers.show(batch.range().first(), batch.encoded());
                shown = batch.range().last();
            }
        }
    }
}
