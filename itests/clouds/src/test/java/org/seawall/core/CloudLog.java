package org.seawall.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.seawall.catalog.CollectionExistsException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/** A whole log on an object store, as a container would wire it. */
final class CloudLog {
    static final String COLLECTION = "c";

    private static final Map<Setting, Long> SETTINGS = Map.of(Setting.SNAPSHOT_BYTES, 0L, Setting.ARCHIVES, 1L);
    private static final Limits LIMITS = new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000);
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 24);

    private CloudLog() {}

    static OpenLog open(FileSystem files, Location directory) throws IOException {
        return open(files, directory, new Tuning(SETTINGS, 16));
    }

    /**
     * What a test has its own way.
     *
     * @param settings of the collections
     * @param reads how many segments are read ahead
     */
    record Tuning(Map<Setting, Long> settings, int reads) {}

    static OpenLog open(FileSystem files, Location directory, Tuning tuning) throws IOException {
        LogSettings settings = new LogSettings(
                "test",
                new StorageSettings(
                        List.of(directory.child("wal").toString()),
                        directory.child("catalog"),
                        StorageSettings.AUTO,
                        2,
                        4),
                SERIALIZER.format(),
                CollectionSettings.of(tuning.settings()),
                LIMITS,
                new RecoverySettings(4, tuning.reads(), 1 << 24, 60_000));
        ObjectStrategy objects = new ObjectStrategy();
        WriteStrategy strategy = files.capabilities().contains(Capability.SEAL) ? new SealStrategy() : objects;
        Binding binding = Binding.ofOne(files, strategy, objects, SERIALIZER);
        return OpenLog.open(settings, binding);
    }

    /** Opens a log whose collection is there, whoever has made it. */
    static OpenLog withCollection(FileSystem files, Location directory, CollectionSpec spec) throws IOException {
        return with(open(files, directory), spec);
    }

    /** The same with settings of its own. */
    static OpenLog withCollection(FileSystem files, Location directory, CollectionSpec spec, Tuning tuning)
            throws IOException {
        return with(open(files, directory, tuning), spec);
    }

    private static OpenLog with(OpenLog log, CollectionSpec spec) {
        if (log.catalog().find(spec.name()).isEmpty()) {
            try {
                log.catalog().create(spec);
            } catch (CollectionExistsException e) {
                // another was first, which is as good
                return log;
            }
        }
        return log;
    }
}
