package org.seawall.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/** Logs with one directory that flush as they are told to. */
final class FlushingLogs {
    static final AvroSerializer SERIALIZER = new AvroSerializer(1 << 20);
    static final ProtobufSerializer OTHER = new ProtobufSerializer(1 << 20);

    private FlushingLogs() {}

    static OpenLog open(FileSystem files, Location directory, WriteStrategy strategy, Map<Setting, Long> flush)
            throws IOException {
        LogSettings settings = new LogSettings(
                "test",
                new StorageSettings(
                        List.of(directory.child("wal").toString()),
                        directory.child("catalog"),
                        StorageSettings.AUTO,
                        2,
                        4),
                SERIALIZER.format(),
                CollectionSettings.of(flush),
                new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000),
                new RecoverySettings(2, 4, 1 << 20, 10_000),
                500);
        return OpenLog.open(settings, binding(files, strategy, SERIALIZER));
    }

    /** Reads either format, and writes one of them. */
    static Binding binding(FileSystem files, WriteStrategy strategy, BatchSerializer serializer) {
        Binding.Formats formats = new Binding.Formats(serializer, List.of(SERIALIZER, OTHER));
        return new Binding(
                List.of(Binding.Directory.with(new Binding.Services(files, strategy, formats))),
                Binding.Directory.with(new Binding.Services(files, new ObjectStrategy(), formats)));
    }
}
