package org.seawall.spi.serializer;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.Entry;
import org.seawall.spi.filesystem.FileInput;

/**
 * A format of segments. Registered as a service with the property {@link #FORMAT}. Safe for use by several threads.
 */
@ConsumerType
public interface BatchSerializer {

    /** Service property with {@link #format()}, such as {@code avro}. */
    String FORMAT = "seawall.format";

    /**
     * The name by which a configuration chooses the serializer.
     *
     * @return the value of {@link #FORMAT}
     */
    String format();

    /**
     * Encodes entries and takes their checksum. Their sequences are not known yet.
     *
     * @param entries at least one entry
     * @param defaultTimestampMillis the timestamp of entries that have none, in milliseconds of Unix time
     * @return the encoded entries, which share nothing with the given ones
     * @throws org.seawall.SerializationException if an entry cannot be encoded or all of them are over the serializer's
     *     limit
     */
    EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis);

    /**
     * Whether a batch was encoded or read by this very serializer, so that its segments take it as it is.
     *
     * @param batch any encoded batch
     * @return false for a batch of another serializer, or of an earlier start of this one's bundle
     */
    boolean encoded(EncodedBatch batch);

    /**
     * The format of a new segment.
     *
     * @param header what its first bytes are to say
     * @return the format; the same header gives the same bytes
     */
    SegmentFormat begin(SegmentHeader header);

    /**
     * Whether a file was written by this serializer, of whatever version.
     *
     * @param input the file
     * @return true if its first bytes are this format's
     * @throws IOException if the storage fails
     */
    boolean recognizes(FileInput input) throws IOException;

    /**
     * Reads the header of a segment.
     *
     * @param input the segment, one that {@link #recognizes} says yes to
     * @return the format with the header that was read
     * @throws org.seawall.LogFormatException if the format's version is not in the readable range
     * @throws org.seawall.LogCorruptException if the header is damaged or cut off
     * @throws IOException if the storage fails
     */
    SegmentFormat open(FileInput input) throws IOException;
}
