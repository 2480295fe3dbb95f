package org.seawall.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.seawall.CollectionStatus;
import org.seawall.DirectoryStatus;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.MemoryFileSystem;

/** A log whose catalog is on one disk and whose collections are on several others, with different strategies. */
final class SeveralDisks {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final BatchSerializer SERIALIZER = new AvroSerializer(1 << 20);

    static final Binding.Formats FORMATS = new Binding.Formats(SERIALIZER, List.of(SERIALIZER));

    final Disk first = new Disk("disk1:/wal", new AppendStrategy());
    final Disk second = new Disk("disk2:/wal", new ObjectStrategy());
    final Disk third = new Disk("disk3:/wal", new AppendStrategy());
    final List<Disk> all = List.of(first, second, third);

    private final MemoryFileSystem catalog = new MemoryFileSystem();

    OpenLog open() throws IOException {
        return open(all);
    }

    OpenLog open(List<Disk> disks) throws IOException {
        List<String> urls = disks.stream().map(Disk::url).toList();
        return OpenLog.open(settings(urls, 0), binding(disks));
    }

    OpenLog open(LogSettings settings, Binding.Directory... directories) throws IOException {
        return OpenLog.open(settings, binding(List.of(directories), catalog));
    }

    /** Takes a snapshot behind so many bytes, and does not wait for a storage that hangs. */
    LogSettings settings(List<String> urls, long snapshotBytes) {
        return settings(urls, snapshotBytes, 0);
    }

    LogSettings settings(List<String> urls, long snapshotBytes, long snapshotMillis) {
        return new LogSettings(
                "test",
                new StorageSettings(urls, Location.parse("disk0:/catalog"), StorageSettings.AUTO, 2, 4),
                SERIALIZER.format(),
                CollectionSettings.of(
                        Map.of(Setting.SNAPSHOT_BYTES, snapshotBytes, Setting.SNAPSHOT_MILLIS, snapshotMillis)),
                new Limits(1 << 16, 1 << 16, 1 << 28, 1 << 28, 0),
                new RecoverySettings(2, 4, 1 << 20, 300));
    }

    Binding binding(List<Disk> disks) {
        return binding(disks.stream().map(Disk::bound).toList(), catalog);
    }

    Binding bindingOf(List<Binding.Directory> directories) {
        return binding(directories, catalog);
    }

    private static Binding binding(List<Binding.Directory> directories, MemoryFileSystem catalog) {
        return new Binding(
                directories, Binding.Directory.with(new Binding.Services(catalog, new ObjectStrategy(), FORMATS)));
    }

    static void append(OpenLog log, String collection, String id) {
        append(log, collection, id, 1);
    }

    static void append(OpenLog log, String collection, String id, int bytes) {
        log.append(collection, List.of(Entry.payload(id, new byte[bytes])))
                .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    static List<String> ids(OpenLog log, String collection) {
        List<String> ids = new ArrayList<>();
        try (LogReader reader = log.read(collection, 1)) {
            for (var next = reader.poll(); next.isPresent(); next = reader.poll()) {
                ids.add(next.get().entry().id());
            }
        }
        return ids;
    }

    static CollectionStatus collection(OpenLog log, String name) {
        return log.status().collections().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static DirectoryStatus directory(OpenLog log, Disk disk) {
        return log.status().directories().stream()
                .filter(one -> one.url().equals(disk.url()))
                .findFirst()
                .orElseThrow();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.sleep(20);
        }
    }
}
