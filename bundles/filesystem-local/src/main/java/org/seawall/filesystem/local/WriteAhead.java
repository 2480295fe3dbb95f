package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The zeroes behind the data of one file. Another thread writes and forces them, in pieces, through a channel of its own, so
 * that a force of data finds few of them to take along. If the data is faster the file grows without zeroes.
 *
 * <p>A piece begins behind all data that was claimed before it, and data that reaches into a piece waits until that is
 * written: zeroes never go over data.
 */
final class WriteAhead {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAhead.class);

    private final Location file;
    private final FileChannel channel;
    private final Reserve reserve;
    private final AheadThread thread;

    /** Where the data ends, with what is being written. */
    private long dataEnd;
    /** Where the space ends that was written, with data or zeroes. */
    private long end;
    /** Up to where zeroes are wanted. */
    private long wanted;

    private boolean pieceInFlight;
    private boolean scheduled;
    private boolean closed;
    private boolean full;
    private IOException failure;

    WriteAhead(Location file, FileChannel channel, Reserve reserve, AheadThread thread) throws IOException {
        this.file = file;
        this.channel = channel;
        this.reserve = reserve;
        this.thread = thread;
        this.end = channel.size();
    }

    /** Makes way for data up to a point: from here on no zeroes are written before it. */
    synchronized void claim(long to) throws IOException {
        check();
        dataEnd = to;
        awaitPiece(to);
        end = Math.max(end, to);
    }

    /** The data that was claimed is written; if little space is left behind it, more is asked for. */
    void written(long bytes) {
        if (asks(bytes)) {
            try {
                thread.execute(this::run);
            } catch (RejectedExecutionException e) {
                // the file system is being stopped; its files may still be written to
                LOG.debug("nothing more is written ahead, file={}", file, e);
                ended();
            }
        }
    }

    private synchronized boolean asks(long bytes) {
        long room = reserve.room(bytes);
        if (full || scheduled || end - dataEnd >= (room + 1) / 2) {
            return false;
        }
        wanted = dataEnd + room;
        scheduled = true;
        return true;
    }

    /**
     * Fails if a force of zeroes failed. The system tells a failure to every channel, so a force of the data fails as well;
     * but a file of which any force failed is not gone on with, whatever the system tells.
     */
    synchronized void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Lets the file be cut: no zeroes are written until data is written again. */
    synchronized void pause() {
        wanted = 0;
        awaitPiece(Long.MAX_VALUE);
    }

    synchronized void truncated(long length) {
        dataEnd = length;
        end = length;
    }

    void close() throws IOException {
        synchronized (this) {
            closed = true;
            pause();
        }
        channel.close();
    }

    private void run() {
        boolean done = true;
        while (done && begin()) {
            done = pieceWritten() && pieceForced();
        }
        ended();
    }

    /** Whether another piece is to be written: from {@link #end} on. */
    private synchronized boolean begin() {
        pieceInFlight = !closed && !full && end < wanted;
        return pieceInFlight;
    }

    private boolean pieceWritten() {
        long from;
        long to;
        synchronized (this) {
            from = end;
            to = Math.min(wanted, from + Reserve.PIECE_BYTES);
        }
        IOException failed = null;
        try {
            reserve.write(channel, from, to);
        } catch (IOException e) {
            failed = e;
        }
        return pieceEnds(to, Optional.ofNullable(failed));
    }

    private synchronized boolean pieceEnds(long to, Optional<IOException> failed) {
        pieceInFlight = false;
        notifyAll();
        if (failed.isEmpty()) {
            end = to;
            return true;
        }
        if (!closed) {
            LOG.warn("no space to write ahead, the file goes on without, file={}", file, failed.get());
            full = true;
            giveBack();
        }
        return false;
    }

    /** Where a failure could be told to this channel in place of the data's, the zeroes are left to the data's force. */
    private boolean pieceForced() {
        if (!reserve.forcedApart()) {
            return true;
        }
        try {
            channel.force(false);
            return true;
        } catch (IOException e) {
            fail("force of zeroes failed, file=" + file, e);
            return false;
        }
    }

    private synchronized void ended() {
        scheduled = false;
    }

    private synchronized void fail(String fact, IOException cause) {
        if (!closed) {
            failure = new IOException(fact, cause);
        }
    }

    /**
     * What was written ahead before the disk was full would be missing for the next file. Data that is being written ends
     * where it was claimed, so it is not cut, and more of it is not claimed meanwhile.
     */
    private void giveBack() {
        try {
            channel.truncate(dataEnd);
            end = dataEnd;
        } catch (IOException e) {
            fail("space that was written ahead not given back, file=" + file, e);
        }
    }

    /** An interrupt does not end the wait: the write that follows sees it. */
    private void awaitPiece(long before) {
        boolean interrupted = false;
        while (pieceInFlight && end < before) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
