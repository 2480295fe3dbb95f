package org.seawall.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.RunningLog;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;
import org.seawall.testkit.WriteAheadLogContract;

/** The whole log with the real serializer and strategies, as a container would wire it. */
@Subject("append")
class OpenLogContractTest extends WriteAheadLogContract {
    private static final Map<Setting, Long> SETTINGS = Map.of(Setting.SNAPSHOT_BYTES, 0L, Setting.ARCHIVES, 4L);
    private static final Limits LIMITS = new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000);
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 20);

    /** What writes the collections. */
    WriteStrategy strategy() {
        return new AppendStrategy();
    }

    @Override
    public RunningLog open(Storage storage) throws Exception {
        OpenLog log = open(storage, strategy(), LIMITS);
        return new RunningLog(log, log::close);
    }

    static OpenLog open(Storage storage, WriteStrategy strategy, Limits limits) throws IOException {
        FileSystem files = storage.files();
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
                limits,
                new RecoverySettings(2, 4, 1 << 20, 10_000));
        Binding binding = Binding.ofOne(files, strategy, new ObjectStrategy(), SERIALIZER);
        return OpenLog.open(settings, binding);
    }
}
