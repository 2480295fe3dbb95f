package org.seawall.spi.serializer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.filesystem.FileInput;

/** The bytes of one segment file: a header, then frames, each a batch. Immutable and safe for use by several threads. */
@ConsumerType
public interface SegmentFormat {
    /**
     * What the segment's first bytes say.
     *
     * @return the header
     */
    SegmentHeader header();

    /**
     * The segment's first bytes; the first frame follows them.
     *
     * @return a new read-only buffer
     */
    ByteBuffer headerBytes();

    /**
     * The bytes that stand before every frame but the first, and behind the last: where frames can be looked for behind
     * damage. No zeroes only.
     *
     * @return a copy, 16 bytes or more
     */
    byte[] marker();

    /**
     * Whether the serializer still begins segments in the version of the format that this one is in. Where it does not, a log
     * that recovers with this segment as its active one goes on in a new one.
     *
     * @return true for every format from {@link BatchSerializer#begin}
     */
    boolean current();

    /**
     * Makes the frame of a batch. Takes time that does not grow with the batch: the entries are not copied and their
     * checksum was taken when they were encoded.
     *
     * @param header what the batch says of itself
     * @param batch entries that the same serializer encoded
     * @return the bytes
     */
    FrameBytes frame(BatchHeader header, EncodedBatch batch);

    /**
     * Reads what stands at a place. Lengths are checked against the file's size and the serializer's limit before
     * anything is allocated.
     *
     * @param input the segment
     * @param offset where to read, below the file's size
     * @return the frame, or what is wrong with it; a checksum that does not match, a frame that ends behind the file and
     *     an entry that cannot be decoded are all damage
     * @throws IOException if the storage fails
     */
    FrameRead read(FileInput input, long offset) throws IOException;
}
