package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.engine.Logs.AVRO;
import static org.seawall.core.engine.Logs.PROTOBUF;
import static org.seawall.core.engine.Logs.batch;
import static org.seawall.core.engine.Logs.ids;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.Recovery.Verdict;
import org.seawall.SequenceRange;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/** A log that is closed with one serializer and opened with another goes on: it holds segments of both. */
class SerializerSwitchTest {
    @TempDir
    Path directory;

    private final List<Logs> all = new ArrayList<>();

    @AfterEach
    void close() {
        all.forEach(Logs::close);
    }

    private Logs with(BatchSerializer serializer) {
        Logs logs = new Logs(directory, serializer);
        all.add(logs);
        return logs;
    }

    private static BatchLog open(Logs logs, WriteStrategy strategy) {
        return Logs.opened(BatchLog.open(logs.session(Logs.files(), strategy, Logs.SETTINGS), logs.layout()));
    }

    @Test
    void segmentsOfBothAreReadInTheirOrder() throws Exception {
        thereAndBack(new AppendStrategy());
        assertEquals(List.of("avro", "protobuf", "avro", "protobuf", "avro", "protobuf"), formats());
    }

    @Test
    void segmentsOfBothAreReadInTheirOrderWithASegmentPerCommit() throws Exception {
        thereAndBack(new ObjectStrategy());
        assertEquals(
                List.of("avro", "avro", "protobuf", "protobuf", "avro", "avro", "protobuf", "protobuf"), formats());
    }

    private void thereAndBack(WriteStrategy strategy) throws IOException {
        Logs first = with(AVRO);
        try (BatchLog log = BatchLog.create(first.session(Logs.files(), strategy, Logs.SETTINGS), first.layout())) {
            assertEquals(new SequenceRange(1, 3), first.append(log, batch(0, 3)));
            assertEquals(new SequenceRange(4, 4), first.append(log, batch(1, 1)));
        }
        List<String> expected = new ArrayList<>(ids(batch(0, 3), batch(1, 1)));
        BatchSerializer[] serializers = {PROTOBUF, AVRO, PROTOBUF};
        for (int turn = 0; turn < serializers.length; turn++) {
            Logs logs = with(serializers[turn]);
            Entry[] two = batch(2 * turn + 2, 2);
            Entry[] one = batch(2 * turn + 3, 1);
            try (BatchLog log = open(logs, strategy)) {
                assertEquals(Verdict.COMPLETE, log.recovery().verdict());
                assertEquals(expected, ids(log));
                assertEquals(expected.size() + 1, logs.append(log, two).first());
                logs.append(log, one);
                expected.addAll(ids(two, one));
                assertEquals(expected, ids(log));
            }
        }
        for (BatchSerializer last : List.of(AVRO, PROTOBUF)) {
            try (BatchLog log = open(with(last), strategy)) {
                assertEquals(expected, ids(log));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "protobuf"})
    void aSnapshotOfOneIsReadWithTheOther(String format) throws Exception {
        Logs writer = with(format.equals("avro") ? AVRO : PROTOBUF);
        Logs reader = with(format.equals("avro") ? PROTOBUF : AVRO);
        try (BatchLog log = writer.create()) {
            writer.append(log, batch(1, 4));
            writer.append(log, Entry.delete("b1-0"), Entry.vector("b1-1", 7));
            writer.append(log, batch(2, 2));
            assertEquals(8, log.snapshot());
            assertEquals(format, format(snapshot()));
            writer.append(log, Entry.vector("b1-2", 9));
        }
        List<Entry> live;
        try (BatchLog log = reader.open()) {
            assertEquals(List.of("b1-3", "b1-1", "b2-0", "b2-1", "b1-2"), liveIds(log));
            reader.append(log, Entry.delete("b2-0"), Entry.vector("new", 1, 2));
            live = live(log);
            assertEquals(11, log.snapshot());
            assertEquals(reader.serializer.format(), format(snapshot()));
        }
        try (BatchLog log = writer.open()) {
            assertEquals(live, live(log));
            assertEquals(
                    12, writer.append(log, Entry.payload("", new byte[] {1})).first());
            log.snapshot();
            assertEquals(format, format(snapshot()));
            assertEquals(6, live(log).size());
        }
    }

    @Test
    void aSnapshotInAnotherFormatMayHoldMoreThanOneBatchOfIt() throws Exception {
        Logs avro = with(AVRO);
        int entries = 40;
        try (BatchLog log = avro.create()) {
            for (int i = 0; i < entries; i++) {
                avro.append(log, Entry.payload("large" + i, new byte[1 << 19]));
            }
        }
        try (BatchLog log = with(PROTOBUF).open()) {
            assertEquals(entries, log.snapshot());
            assertEquals(entries, live(log).size());
        }
        try (BatchLog log = with(AVRO).open()) {
            assertEquals(entries, live(log).size());
        }
    }

    @Test
    void aSwitchWithNothingWrittenInBetweenLosesNothing() throws Exception {
        Logs avro = with(AVRO);
        Logs protobuf = with(PROTOBUF);
        avro.create().close();
        for (int turn = 0; turn < 3; turn++) {
            protobuf.open().close();
            avro.open().close();
        }
        try (BatchLog log = protobuf.open()) {
            assertEquals(new SequenceRange(1, 2), protobuf.append(log, batch(1, 2)));
        }
        try (BatchLog log = avro.open()) {
            assertEquals(ids(batch(1, 2)), ids(log));
            assertEquals(Verdict.COMPLETE, log.recovery().verdict());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "protobuf"})
    void aTornTailOfOneIsCutByTheOther(String format) throws Exception {
        Logs writer = with(format.equals("avro") ? AVRO : PROTOBUF);
        Logs next = with(format.equals("avro") ? PROTOBUF : AVRO);
        long end;
        try (BatchLog log = writer.create()) {
            writer.append(log, batch(1, 2));
            end = log.activeBytes();
            writer.append(log, batch(2, 2));
        }
        byte[] whole = Files.readAllBytes(writer.active());
        Files.write(writer.active(), Arrays.copyOf(whole, (int) end + 40));
        try (BatchLog log = next.open()) {
            assertEquals(Verdict.TORN_TAIL, log.recovery().verdict());
            assertEquals(ids(batch(1, 2)), ids(log));
            assertEquals(3, next.append(log, batch(3, 1)).first());
        }
        try (BatchLog log = writer.open()) {
            assertEquals(Verdict.COMPLETE, log.recovery().verdict());
            assertEquals(ids(batch(1, 2), batch(3, 1)), ids(log));
        }
    }

    @Test
    void withoutTheReaderOfASegmentTheLogIsRefusedAndUntouched() throws Exception {
        Logs protobuf = with(PROTOBUF);
        try (BatchLog log = protobuf.create()) {
            protobuf.append(log, batch(1, 2));
        }
        byte[] before = Files.readAllBytes(protobuf.active());
        ExecutorService threads = Executors.newCachedThreadPool();
        Backend alone = new Backend(Logs.files(), new AppendStrategy(), AVRO, List.of(AVRO), Clock.systemUTC());
        Opening opening = BatchLog.open(new Session(alone, Logs.SETTINGS, threads, "test"), protobuf.layout());
        threads.shutdown();
        String detail = ((Opening.Refused) opening).report().detail();
        assertTrue(detail.startsWith("not a segment, expected=[avro], actual=unknown format"), detail);
        assertEquals(0, Arrays.compare(before, Files.readAllBytes(protobuf.active())));
        try (BatchLog log = protobuf.open()) {
            assertEquals(ids(batch(1, 2)), ids(log));
        }
    }

    private Path snapshot() {
        return Path.of(all.get(0).layout().snapshot().path());
    }

    private static List<Entry> live(BatchLog log) {
        List<Entry> live = new ArrayList<>();
        LiveCursor cursor = log.memtable().live(0);
        while (cursor.next()) {
            live.add(cursor.entry());
        }
        return live;
    }

    private static List<String> liveIds(BatchLog log) {
        return live(log).stream().map(Entry::id).toList();
    }

    /** The formats of the segments, by number; the active one last. */
    private List<String> formats() throws IOException {
        List<Path> files;
        try (Stream<Path> sealed = Files.list(all.get(0).segments())) {
            files = new ArrayList<>(sealed.sorted().toList());
        }
        if (Files.exists(all.get(0).active())) {
            files.add(all.get(0).active());
        }
        List<String> formats = new ArrayList<>();
        for (Path file : files) {
            formats.add(format(file));
        }
        return formats;
    }

    private static String format(Path file) throws IOException {
        try (FileInput input = Logs.files().open(Location.parse(file.toString()))) {
            return Stream.of(AVRO, PROTOBUF)
                    .filter(serializer -> recognizes(serializer, input))
                    .map(BatchSerializer::format)
                    .reduce("", String::concat);
        }
    }

    private static boolean recognizes(BatchSerializer serializer, FileInput input) {
        try {
            return serializer.recognizes(input);
        } catch (IOException e) {
            throw new UncheckedIOException("file is not readable, file=" + input.location(), e);
        }
    }
}
