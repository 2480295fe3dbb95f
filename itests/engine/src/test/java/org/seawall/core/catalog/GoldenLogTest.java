package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.Entry;
import org.seawall.core.engine.BatchLog;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;

/** A log that any version wrote is read by this one, and goes on in files of this one's format. */
class GoldenLogTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path home;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdown();
    }

    @ParameterizedTest
    @CsvSource({"v1,avro", "v1,protobuf", "v2,avro", "v2,protobuf"})
    void aLogOfEveryVersionIsReadAndGoesOn(String version, String format) throws IOException {
        Path golden = GOLDEN.resolve(version).resolve(format);
        copy(golden, home);
        GoldenLog log = log(format.equals("avro") ? GoldenLog.AVRO : GoldenLog.PROTOBUF);
        try (StoredCatalog catalog = log.open()) {
            GoldenLog.check(catalog, GoldenLog.UNCHECKED);
        }
        Path digits = collection();
        boolean old = version.equals("v1");
        assertEquals(old ? 5 : 4, append(log));
        assertTrue(isCurrent(log, digits.resolve("wal_current.avro")));
        Path sealed = digits.resolve("segments/wal_00000004_20250628142000.avro");
        assertEquals(old, Files.exists(sealed));
        if (old) {
            Path active = golden.resolve(home.relativize(digits)).resolve("wal_current.avro");
            assertArrayEquals(Files.readAllBytes(active), Files.readAllBytes(sealed), "nothing is added to it");
            assertFalse(isCurrent(log, sealed));
        }
    }

    @ParameterizedTest
    @CsvSource({"v1,avro", "v1,protobuf", "v2,avro", "v2,protobuf"})
    void itGoesOnWithTheOtherSerializer(String version, String format) throws IOException {
        copy(GOLDEN.resolve(version).resolve(format), home);
        GoldenLog log = log(format.equals("avro") ? GoldenLog.PROTOBUF : GoldenLog.AVRO);
        try (StoredCatalog catalog = log.open()) {
            GoldenLog.check(catalog, GoldenLog.UNCHECKED);
        }
        assertEquals(5, append(log));
    }

    @Test
    void aSnapshotOfAnOldLogIsOfTheFormatOfToday() throws IOException {
        copy(GOLDEN.resolve("v1/avro"), home);
        GoldenLog log = log(GoldenLog.AVRO);
        Path snapshot = collection().resolve("snapshots/vectors_snapshot.avro");
        assertFalse(isCurrent(log, snapshot));
        try (StoredCatalog catalog = log.open()) {
            catalog.collection("digits").log().snapshot();
        }
        assertTrue(isCurrent(log, snapshot));
        try (StoredCatalog catalog = log.open()) {
            assertEquals(4, catalog.collection("digits").log().memtable().liveEntries());
        }
    }

    /** What a golden log of the next version is to hold: copy what this leaves to keep it. */
    @ParameterizedTest
    @CsvSource({"avro", "protobuf"})
    void whatIsWrittenTodayIsWhatIsChecked(String format) {
        GoldenLog log = log(format.equals("avro") ? GoldenLog.AVRO : GoldenLog.PROTOBUF);
        log.write();
        try (StoredCatalog catalog = log.open()) {
            GoldenLog.check(catalog, GoldenLog.DIGITS.settings());
        }
    }

    /** Appends, and returns the number of the segment that took it, once it was read back. */
    private static long append(GoldenLog log) {
        try (StoredCatalog catalog = log.open()) {
            log.append(catalog.collection("digits").log(), Entry.vector("f", 11, 0));
        }
        try (StoredCatalog catalog = log.open()) {
            BatchLog digits = catalog.collection("digits").log();
            assertEquals(11, digits.memtable().lastSequence());
            assertTrue(digits.memtable().get("f", 0).isPresent());
            assertTrue(digits.memtable().get("full", 0).isPresent());
            return digits.activeSegment();
        }
    }

    private GoldenLog log(BatchSerializer serializer) {
        return new GoldenLog(new LocalFileSystem(0), Location.parse(home.toString()), serializer, threads);
    }

    /** The directory of the collection that has a snapshot. */
    private Path collection() throws IOException {
        try (Stream<Path> directories = Files.list(home)) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("snapshots/vectors_snapshot.avro")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean isCurrent(GoldenLog log, Path file) throws IOException {
        try (FileInput input = new LocalFileSystem(0).open(Location.parse(file.toString()))) {
            return log.serializer().open(input).current();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
