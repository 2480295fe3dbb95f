package org.seawall.spi.strategy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.filesystem.Location;

/**
 * The segment files of one log. For one thread at a time. The order of calls: {@link #segments()}, then
 * {@link #cutTail} if recovery found a torn tail, then {@link #resume} or {@link #begin}, then {@link #write}, {@link #sync}
 * and {@link #begin} in turn. A call need not wait for the futures of those before it: several groups may be in flight.
 *
 * <p>After a failed call other than {@link #segments()} the store is poisoned: every later call but {@link #close} throws,
 * and every later {@link #write} and {@link #sync} returns a failed future. What is on the storage has to be read again. Calls out of order
 * throw {@link IllegalStateException}.
 */
@ConsumerType
public interface SegmentStore extends AutoCloseable {

    /**
     * The segments on the storage.
     *
     * @return sealed segments by file name, then the active one if there is one; files in the directory that are no
     *     segments are among them, the caller knows the names
     * @throws IOException if the storage fails or cannot be listed
     */
    List<SegmentFile> segments() throws IOException;

    /**
     * Copies what lies behind a point of the active segment to another file, without zeroes at its end, and cuts it off.
     * Both are durable on return, the copy first.
     *
     * @param active the active segment
     * @param end its new length
     * @param copy the file for the copy; its directory appears with it
     * @throws IOException if the storage fails; nothing was cut if the copy is not durable
     */
    void cutTail(SegmentFile active, long end, Location copy) throws IOException;

    /**
     * Goes on behind the last batch of the active segment. On return everything before {@code end} is durable: it was read
     * back, and so may have been in the operating system's memory only.
     *
     * @param active the active segment; behind {@code end} it holds nothing or zeroes
     * @param name the file name that it gets when it is sealed
     * @param end where its last batch ends
     * @throws IOException if the storage fails
     */
    void resume(SegmentFile active, String name, long end) throws IOException;

    /**
     * Seals the active segment, if there is one, under its name and begins the next one. On return the sealed segment is
     * durable under its name with all that was written to it, and a crash at any moment leaves a state from which {@link WriteStrategy#open} goes on.
     *
     * @param name the file name of the next segment
     * @param header the first bytes of the next segment; consumed
     * @throws org.seawall.LogFencedException if somebody else has begun that segment
     * @throws IOException if the storage fails
     */
    void begin(String name, ByteBuffer header) throws IOException;

    /**
     * Writes a group of batches behind everything written before. May do its work before it returns or after; groups are
     * written in the order of the calls.
     *
     * <p>Once the future completes the death of the process alone loses nothing of it: the bytes are with the operating
     * system or further. They are durable once a later {@link #sync()} or {@link #begin} has done its work; until then a
     * loss of power may take any part of them. Where there is no active file they are durable at once.
     *
     * @param frames the bytes of the batches, one behind the other; not changed by anyone until the future completes. None
     *     right behind {@link #begin} where there is no active file: a segment that is its header alone, and never grows, which
     *     fences earlier writers
     * @return completes normally once they are written; fails with an {@link IOException} or a
     *     {@link org.seawall.SeawallException} if that is not certain
     */
    CompletableFuture<Void> write(List<ByteBuffer> frames);

    /**
     * Makes everything durable whose {@link #write} was called before. May do its work before it returns or after.
     *
     * @return completes normally once all of it is durable, also if nothing was to be done; fails with an
     *     {@link IOException} or a {@link org.seawall.SeawallException} if that is not certain
     */
    CompletableFuture<Void> sync();

    /**
     * Writes a group of batches and makes it durable with everything before: {@link #write} and {@link #sync()}.
     *
     * @param frames the bytes of the batches; not changed by anyone until the future completes
     * @return completes normally once all of them are durable; fails as the two do
     */
    default CompletableFuture<Void> commit(List<ByteBuffer> frames) {
        return CompletableFuture.allOf(write(frames), sync());
    }

    /**
     * The length of the segment that is written to.
     *
     * @return bytes, header included
     */
    long activeBytes();

    /**
     * Whether every group needs a segment of its own, so that {@link #begin} comes before each {@link #write}.
     *
     * @return the same at every call
     */
    boolean segmentPerCommit();

    /**
     * Whether the segment that is written to is a file of its own ({@link SegmentLayout#active()}), which is resumed after a
     * crash and may be torn. Without it {@link #segments()} tells of no active segment, each segment has its own name from its
     * first {@link #write} on, before which nothing is seen of it, and a write is durable when its future completes.
     *
     * @return the same at every call; never {@code true} where every group has a segment of its own
     */
    default boolean activeFile() {
        return !segmentPerCommit();
    }

    /**
     * Whether the next {@link #write} may be of so many bytes. Right behind a {@link #begin} it may be of any size.
     *
     * @param bytes of all the frames together
     * @return {@code false} if the next segment has to be begun first
     */
    default boolean takes(long bytes) {
        return true;
    }

    /** Closes the files without a force. Nothing that was written or synced needs it. Closing again does nothing. */
    @Override
    void close() throws IOException;
}
