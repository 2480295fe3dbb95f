package org.seawall.core.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seawall.Entry;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Rebuild;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * What a snapshot or a compaction keeps, for its file and for the memtable. A batch that is kept as a whole stays as it is
 * in memory, without a copy, unless it is a small one; of any other the kept entries are encoded anew, many together where
 * their sequences allow.
 */
final class KeptContent {
    private static final int ENTRIES_PER_BATCH = 1_000;
    /** A run is far below what a serializer takes as one batch, unless one entry is more. */
    private static final long BYTES_PER_BATCH = 4L << 20;
    /** What a batch takes beside its entries is little in one with so many of them, or so long ones. */
    private static final int ENOUGH_ENTRIES = 16;

    private static final int ENOUGH_BYTES = 4_096;

    /** A batch with its place in the log. */
    private record Batch(long first, EncodedBatch batch) {}

    private final BatchSerializer serializer;
    private final List<Batch> batches = new ArrayList<>();
    private final List<Entry> run = new ArrayList<>();
    private long runFirst;
    private long runBytes;
    private long entries;

    private KeptContent(BatchSerializer serializer) {
        this.serializer = serializer;
    }

    static KeptContent of(LiveCursor kept, BatchSerializer serializer) {
        KeptContent content = new KeptContent(serializer);
        content.take(kept);
        return content;
    }

    /** How many entries are kept. */
    long entries() {
        return entries;
    }

    /** The bytes of a file with these entries. */
    List<ByteBuffer> file(SegmentHeader header, String writer) {
        SegmentFormat format = serializer.begin(header);
        List<ByteBuffer> content = new ArrayList<>();
        content.add(format.headerBytes());
        long last = header.covers().orElseThrow().lastSequence();
        for (Batch batch : batches) {
            BatchHeader like = new BatchHeader(batch.first(), header.epoch(), writer, last, header.createdMillis());
            content.addAll(format.frame(like, batch.batch()).bytes());
        }
        return content;
    }

    void addTo(Rebuild rebuild) {
        batches.forEach(batch -> rebuild.add(batch.first(), batch.batch()));
        rebuild.catchUp();
    }

    private void take(LiveCursor kept) {
        while (kept.next()) {
            long sequence = kept.sequence();
            EncodedBatch batch = kept.batch();
            boolean enough = batch.count() >= ENOUGH_ENTRIES || batch.sizeBytes() >= ENOUGH_BYTES;
            if (enough && serializer.encoded(batch) && kept.skipWholeBatch()) {
                endRun();
                add(sequence, batch);
            } else {
                extendRun(sequence, kept.entry(), batch.entryBytes(kept.index()));
            }
        }
        endRun();
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
        batches.add(new Batch(first, batch));
        entries += batch.count();
    }
}
