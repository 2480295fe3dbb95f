package org.seawall.serializer.protobuf;

import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.Entry;
import org.seawall.serializer.common.BatchLimit;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.SegmentStart;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.ProvidesSerializer;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** The format {@code protobuf}: segments are protocol buffers that any parser reads with the schema segment.proto. */
@Component(
        service = BatchSerializer.class,
        configurationPid = "org.seawall.serializer.protobuf",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@ProvidesSerializer(format = ProtobufSerializer.NAME)
@Designate(ocd = ProtobufConfiguration.class)
public final class ProtobufSerializer implements BatchSerializer {
    static final String NAME = "protobuf";

    private final int maxBatchBytes;

    /**
     * A serializer as configured.
     *
     * @param configuration its limits
     * @throws IllegalArgumentException if a limit is out of its range
     */
    @Activate
    public ProtobufSerializer(ProtobufConfiguration configuration) {
        this(configuration.maxBatchBytes());
    }

    /**
     * A serializer.
     *
     * @param maxBatchBytes the most bytes of a batch's encoded entries
     * @throws IllegalArgumentException if that is out of its range
     */
    public ProtobufSerializer(int maxBatchBytes) {
        this.maxBatchBytes = BatchLimit.checked(maxBatchBytes);
    }

    @Override
    public String format() {
        return NAME;
    }

    @Override
    public EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis) {
        return new ProtobufBatchEncoder(entries, defaultTimestampMillis).encode(maxBatchBytes);
    }

    @Override
    public boolean encoded(EncodedBatch batch) {
        return batch instanceof ProtobufEncodedBatch;
    }

    @Override
    public SegmentFormat begin(SegmentHeader header) {
        return new ProtobufSegmentFormat(
                header, HeaderWriter.bytes(header, FormatVersion.of(header)), FormatVersion.of(header), maxBatchBytes);
    }

    @Override
    public boolean recognizes(FileInput input) throws IOException {
        return HeaderReader.isOfSegment(SegmentStart.of(input).bytes());
    }

    @Override
    public SegmentFormat open(FileInput input) throws IOException {
        return new HeaderReader(SegmentStart.of(input)).read(maxBatchBytes);
    }
}
