package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/**
 * Decides what it means that the active segment does not go on with a valid batch: its end, a write that was cut off and
 * never acknowledged, or damage.
 *
 * <p>A disk writes whole sectors, and space behind the end of a segment is zero. So a write that was cut off ends with the
 * file, or lacks sectors or its end, and these are zero. A batch that is there to its last byte and does not verify was whole once. And
 * a valid batch further on says up to where its writer knew everything to be durable: if that covers the place of the
 * damage, acknowledged entries are lost. The same distinction is made by etcd's decoder (server/storage/wal).
 */
final class TailCheck {
    enum Tail {
        /** Nothing but zeroes, if anything at all. */
        END,
        /** The rest of a write that was cut off. */
        TORN,
        /** Something that was whole once. */
        DAMAGED
    }

    private static final int SECTOR = 512;
    private static final int PIECE = 1 << 20;

    private final FileInput input;
    private final SegmentFormat format;
    private final byte[] marker;

    TailCheck(FileInput input, SegmentFormat format) {
        this.input = input;
        this.format = format;
        this.marker = format.marker();
    }

    /**
     * Judges what stands behind the last valid batch.
     *
     * @param offset where the last valid batch ends
     * @param damage what is wrong with what stands there
     * @param nextSequence the sequence that should come there
     */
    Tail judge(long offset, FrameRead.Damage damage, long nextSequence) throws IOException {
        if (zeroFrom(offset)) {
            return Tail.END;
        }
        if (laterBatchKnows(offset, nextSequence)) {
            return Tail.DAMAGED;
        }
        long firstMarker = find(offset);
        if (hasItsEnd(offset, damage.length()) && !lacksSector(offset, offset + damage.length())) {
            return Tail.DAMAGED;
        }
        boolean endsInMarker = firstMarker >= 0;
        return endsInMarker && !lacksSector(offset, firstMarker + marker.length) ? Tail.DAMAGED : Tail.TORN;
    }

    /**
     * Whether something stands where a batch of that length would end. Where nothing does the write was cut off there: not
     * by the disk, which writes whole sectors, but by the end of the process between two of the system's writes.
     */
    private boolean hasItsEnd(long offset, long length) throws IOException {
        return length >= marker.length
                && length <= input.size() - offset
                && !isZero(piece(offset + length - marker.length, marker.length));
    }

    /** Whether a valid batch further on says that the place of the damage was durable when it was written. */
    private boolean laterBatchKnows(long offset, long nextSequence) throws IOException {
        for (long at = find(offset); at >= 0; at = find(at + 1)) {
            if (knows(at + marker.length, nextSequence)) {
                return true;
            }
        }
        // where sectors are lost the marker may be among them, in whole or in part
        for (long sector = (offset / SECTOR + 1) * SECTOR; sector < input.size(); sector += SECTOR) {
            long before = Math.max(offset, sector - SECTOR);
            if (isZero(piece(before, (int) (sector - before))) && !isZero(piece(sector, SECTOR))) {
                for (int part = 0; part < marker.length; part++) {
                    if (knows(sector + part, nextSequence)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean knows(long at, long nextSequence) throws IOException {
        return at < input.size()
                && format.read(input, at) instanceof FrameRead.Frame frame
                && frame.header().durableSequence() >= nextSequence;
    }

    /** Where the next valid batch begins at or behind an offset, or -1. */
    long nextBatch(long offset) throws IOException {
        for (long at = find(offset); at >= 0; at = find(at + 1)) {
            long begin = at + marker.length;
            if (begin < input.size() && format.read(input, begin) instanceof FrameRead.Frame) {
                return begin;
            }
        }
        return -1;
    }

    private boolean zeroFrom(long offset) throws IOException {
        for (long at = offset; at < input.size(); at += PIECE) {
            if (!isZero(piece(at, PIECE))) {
                return false;
            }
        }
        return true;
    }

    private boolean lacksSector(long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            long sectorEnd = Math.min(to, (at / SECTOR + 1) * SECTOR);
            if (isZero(piece(at, (int) (sectorEnd - at)))) {
                return true;
            }
            at = sectorEnd;
        }
        return false;
    }

    /** The next place of the marker at or behind an offset, or -1. */
    private long find(long offset) throws IOException {
        for (long at = offset; at <= input.size() - marker.length; at += PIECE - marker.length + 1) {
            byte[] piece = piece(at, PIECE);
            for (int i = 0; i <= piece.length - marker.length; i++) {
                if (piece[i] == marker[0] && Arrays.equals(piece, i, i + marker.length, marker, 0, marker.length)) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    private byte[] piece(long offset, int length) throws IOException {
        byte[] piece = new byte[(int) Math.min(length, input.size() - offset)];
        input.read(offset, ByteBuffer.wrap(piece));
        return piece;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
