package org.seawall.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seawall.core.catalog.CollectionSettings;
import org.seawall.core.catalog.Setting;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** A log of one directory that may be on any of three disks, and whose catalog is on another. */
final class MovingLog {
    final Disk files = new Disk("files:/wal", new AppendStrategy());
    final Disk objects = new Disk("objects:/wal", new ObjectStrategy());
    final Disk others = new Disk("others:/wal", new AppendStrategy());

    private final Map<String, Disk> all =
            Stream.of(files, objects, others).collect(Collectors.toMap(Disk::url, Function.identity()));
    final FaultyFileSystem catalog = new FaultyFileSystem(new MemoryFileSystem(), 0);

    private final WriteStrategy ofCatalog = new ObjectStrategy();

    OpenLog open(Disk place) throws IOException {
        OpenLog log = OpenLog.open(settings(place), binding(place, Set.of()));
        change(log, place);
        return log;
    }

    /** As the configuration does it. */
    void change(OpenLog log, Disk place) {
        log.take(settings(place));
        log.change().to(binding(place, log.olds().get(0)));
        log.change().to(binding(place, log.olds().get(0)));
    }

    /** While services of old places are there as told. */
    void change(OpenLog log, Disk place, Set<String> olds) {
        log.take(settings(place));
        log.change().to(binding(place, olds));
    }

    OpenLog openWithoutOlds(Disk place) throws IOException {
        return OpenLog.open(settings(place), binding(place, Set.of()));
    }

    private Binding binding(Disk place, Set<String> olds) {
        Map<String, Binding.Services> services = new TreeMap<>();
        olds.forEach(url -> services.put(url, all.get(url).bound().services().orElseThrow()));
        return new Binding(
                List.of(place.bound().at(place.url()).from(services)),
                Binding.Directory.with(new Binding.Services(catalog, ofCatalog, SeveralDisks.FORMATS)));
    }

    private static LogSettings settings(Disk place) {
        return new LogSettings(
                "test",
                new StorageSettings(List.of(place.url()), Location.parse("disk0:/catalog"), StorageSettings.AUTO, 2, 4),
                SeveralDisks.FORMATS.serializer().format(),
                CollectionSettings.of(Map.of(Setting.SNAPSHOT_BYTES, 0L, Setting.SNAPSHOT_MILLIS, 0L)),
                new Limits(1 << 16, 1 << 16, 1 << 28, 1 << 28, 0),
                new RecoverySettings(2, 4, 1 << 20, 300));
    }
}
