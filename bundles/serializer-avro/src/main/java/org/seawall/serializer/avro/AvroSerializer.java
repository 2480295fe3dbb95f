package org.seawall.serializer.avro;

import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.seawall.Entry;
import org.seawall.serializer.common.BatchLimit;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.SegmentMarker;
import org.seawall.serializer.common.SegmentStart;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.ProvidesSerializer;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** The format {@code avro}: segments are Avro object container files that any Avro reader opens. */
@Component(
        service = BatchSerializer.class,
        configurationPid = "org.seawall.serializer.avro",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@ProvidesSerializer(format = AvroSerializer.NAME)
@Designate(ocd = AvroConfiguration.class)
public final class AvroSerializer implements BatchSerializer {
    static final String NAME = "avro";

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
        this.maxBatchBytes = BatchLimit.checked(maxBatchBytes);
    }

    @Override
    public String format() {
        return NAME;
    }

    @Override
    public EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis) {
        return new AvroBatchEncoder(entries, defaultTimestampMillis).encode(maxBatchBytes);
    }

    @Override
    public boolean encoded(EncodedBatch batch) {
        return batch instanceof AvroEncodedBatch;
    }

    @Override
    public SegmentFormat begin(SegmentHeader header) {
        return new AvroSegmentFormat(
                header, HeaderWriter.bytes(header, FormatVersion.of(header)), FormatVersion.of(header), maxBatchBytes);
    }

    @Override
    public boolean recognizes(FileInput input) throws IOException {
        boolean whole = input.size() <= SegmentMarker.MAX_HEADER_BYTES;
        return HeaderMap.isOfSegment(SegmentStart.of(input).bytes(), whole);
    }

    @Override
    public SegmentFormat open(FileInput input) throws IOException {
        return new HeaderReader(SegmentStart.of(input)).read(maxBatchBytes);
    }
}
