package org.seawall.core;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Ground;
import org.seawall.testkit.RunningLog;
import org.seawall.testkit.Storage;
import org.seawall.testkit.WriteAheadLogContract;

/** The contract of logs on an object store, with a part of the moments at which its processes die. */
abstract class LogOnStore extends WriteAheadLogContract {
    private static final int EVERY = 3 * Integer.getInteger("clouds.every", 7);
    private static final Map<Setting, Long> SETTINGS = Map.of(Setting.SNAPSHOT_BYTES, 0L, Setting.ARCHIVES, 4L);
    private static final Limits LIMITS = new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000);
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 20);

    private final WriteStrategy strategy;
    private final Store store;

    LogOnStore(WriteStrategy strategy, Store store) {
        this.strategy = strategy;
        this.store = store;
    }

    @Override
    public Ground ground() {
        return new Ground(store::storage, 1, EVERY);
    }

    @Override
    public Set<Capability> requires() {
        return strategy.requires();
    }

    @Override
    public RunningLog open(Storage storage) throws Exception {
        LogSettings settings = new LogSettings(
                "test",
                new StorageSettings(
                        List.of(storage.directory().child("wal").toString()),
                        storage.directory().child("catalog"),
                        StorageSettings.AUTO,
                        2,
                        4),
                SERIALIZER.format(),
                CollectionSettings.of(SETTINGS),
                LIMITS,
                new RecoverySettings(2, 4, 1 << 20, 10_000));
        Binding binding = Binding.ofOne(storage.files(), strategy, new ObjectStrategy(), SERIALIZER);
        OpenLog log = OpenLog.open(settings, binding);
        return new RunningLog(log, log::close);
    }
}
