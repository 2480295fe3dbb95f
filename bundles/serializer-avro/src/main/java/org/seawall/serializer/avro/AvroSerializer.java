package org.seawall.serializer.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.Entry;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** The format {@code avro}: segments are Avro object container files that any Avro reader opens. */
@Component(
        service = BatchSerializer.class,
        configurationPid = "org.seawall.serializer.avro",
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        property = BatchSerializer.FORMAT + "=" + AvroSerializer.NAME)
@Designate(ocd = AvroConfiguration.class)
public final class AvroSerializer implements BatchSerializer {
    static final String NAME = "avro";
    static final int DEFAULT_MAX_BATCH_BYTES = 256 * 1024 * 1024;
    private static final int LEAST_MAX_BATCH_BYTES = 1024;
    private static final int GREATEST_MAX_BATCH_BYTES = 1024 * 1024 * 1024;

    private final int maxBatchBytes;

    /**
     * A serializer as configured.
     *
     * @param configuration its limits
     * @throws IllegalArgumentException if a limit is out of its range
     */
    @Activate
    public AvroSerializer(AvroConfiguration configuration) {
        this(configuration.maxBatchBytes());
    }

    /**
     * A serializer.
     *
     * @param maxBatchBytes the most bytes of a batch's encoded entries
     * @throws IllegalArgumentException if that is out of its range
     */
    public AvroSerializer(int maxBatchBytes) {
        if (maxBatchBytes < LEAST_MAX_BATCH_BYTES || maxBatchBytes > GREATEST_MAX_BATCH_BYTES) {
            throw new IllegalArgumentException("limit out of range, expected " + LEAST_MAX_BATCH_BYTES + " to "
                    + GREATEST_MAX_BATCH_BYTES + ", maxBatchBytes=" + maxBatchBytes);
        }
        this.maxBatchBytes = maxBatchBytes;
    }

    @Override
    public String format() {
        return NAME;
    }

    @Override
    public EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis) {
        return new BatchEncoder(entries, defaultTimestampMillis).encode(maxBatchBytes);
    }

    @Override
    public boolean encoded(EncodedBatch batch) {
        return batch instanceof AvroEncodedBatch;
    }

    @Override
    public SegmentFormat begin(SegmentHeader header) {
        return new AvroSegmentFormat(header, HeaderWriter.bytes(header), maxBatchBytes);
    }

    @Override
    public boolean recognizes(FileInput input) throws IOException {
        return HeaderMap.isOfSegment(start(input), input.size() <= HeaderFields.MAX_HEADER_BYTES);
    }

    @Override
    public SegmentFormat open(FileInput input) throws IOException {
        return new HeaderReader(start(input), input.location().toString()).read(maxBatchBytes);
    }

    private static byte[] start(FileInput input) throws IOException {
        byte[] start = new byte[(int) Math.min(input.size(), HeaderFields.MAX_HEADER_BYTES)];
        input.read(0, ByteBuffer.wrap(start));
        return start;
    }
}
