package org.seawall.core.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seawall.Entry;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * The bytes of a snapshot: a segment whose batches are runs of live entries. A batch that is live as a whole is written as
 * it is in memory, without a copy; of any other the live entries are encoded anew.
 */
final class SnapshotContent {
    private static final int ENTRIES_PER_BATCH = 1_000;
    /** A run is far below what a serializer takes as one batch, unless one entry is more. */
    private static final long BYTES_PER_BATCH = 4L << 20;

    private final BatchSerializer serializer;
    private final SegmentFormat format;
    private final BatchHeader like;
    private final List<ByteBuffer> content = new ArrayList<>();
    private final List<Entry> run = new ArrayList<>();
    private long runFirst;
    private long runBytes;

    SnapshotContent(BatchSerializer serializer, SegmentHeader header, String writer) {
        this.serializer = serializer;
        this.format = serializer.begin(header);
        this.like = new BatchHeader(
                1, header.epoch(), writer, header.covers().orElseThrow().lastSequence(), header.createdMillis());
        content.add(format.headerBytes());
    }

    List<ByteBuffer> of(LiveCursor live) {
        while (live.next()) {
            long sequence = live.sequence();
            EncodedBatch batch = live.batch();
            if (serializer.encoded(batch) && live.skipWholeBatch()) {
                endRun();
                add(sequence, batch);
            } else {
                extendRun(sequence, live.entry(), batch.entryBytes(live.index()));
            }
        }
        endRun();
        return content;
    }

    private void extendRun(long sequence, Entry entry, int bytes) {
        boolean full = run.size() == ENTRIES_PER_BATCH || runBytes + bytes > BYTES_PER_BATCH;
        if (full || sequence != runFirst + run.size()) {
            endRun();
        }
        if (run.isEmpty()) {
            runFirst = sequence;
        }
        run.add(entry);
        runBytes += bytes;
    }

    private void endRun() {
        if (!run.isEmpty()) {
            // every entry has a timestamp since it was first encoded, so the default is never used
            add(runFirst, serializer.encode(run, 0));
            run.clear();
            runBytes = 0;
        }
    }

    private void add(long first, EncodedBatch batch) {
        BatchHeader header =
                new BatchHeader(first, like.epoch(), like.writer(), like.durableSequence(), like.writtenMillis());
        content.addAll(format.frame(header, batch).bytes());
    }
}
