package org.seawall.viper.iceberg;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.FileNames;
import org.seawall.viper.manifest.PartEntry;

/** A part as a data file of a table, with what its manifest tells of it: rows, bytes, and its first and last sequence. */
final class PartFile {
    private PartFile() {}

    static DataFile of(Location parts, PartEntry part, PartitionSpec spec) {
        Metrics metrics = new Metrics(
                (long) part.rows(),
                null,
                Map.of(PartTable.SEQUENCE, (long) part.rows()),
                Map.of(PartTable.SEQUENCE, 0L),
                null,
                Map.of(PartTable.SEQUENCE, bound(part.firstSequence())),
                Map.of(PartTable.SEQUENCE, bound(part.lastSequence())));
        return DataFiles.builder(spec)
                .withPath(parts.child(part.name() + FileNames.PART).toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(part.bytes())
                .withMetrics(metrics)
                .build();
    }

    private static ByteBuffer bound(long sequence) {
        return Conversions.toByteBuffer(Types.LongType.get(), sequence);
    }
}
