package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.core.SeveralDisks.append;
import static org.seawall.core.SeveralDisks.await;
import static org.seawall.core.SeveralDisks.collection;
import static org.seawall.core.SeveralDisks.ids;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.LogClosedException;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LogUnavailableException;
import org.seawall.SequenceRange;
import org.seawall.catalog.CollectionSpec;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** Services of a log are replaced, go and come back while it takes appends. */
class SessionChangeTest {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final BatchSerializer PROTOBUF = new ProtobufSerializer(1 << 20);

    private final SeveralDisks disks = new SeveralDisks();
    private OpenLog log;

    @BeforeEach
    void openLog() throws Exception {
        log = disks.open();
        for (Disk disk : disks.all) {
            log.catalog().create(CollectionSpec.payloads(name(disk)), disk.url());
        }
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void whatIsThereIsReadFromMemoryAndNothingIsReadAgain() throws Exception {
        for (Disk disk : disks.all) {
            append(log, name(disk), "a");
            append(log, name(disk), "b", 1_000);
        }
        List<String> read = new ArrayList<>();
        List<Binding.Directory> counted = new ArrayList<>();
        for (Disk disk : disks.all) {
            FaultyFileSystem files = new FaultyFileSystem(disk.content(), 0);
            files.hook(operation -> {
                if (operation.startsWith("open ")) {
                    read.add(operation);
                }
            });
            counted.add(disk.boundTo(files));
        }
        LogReader reader = log.read(name(disks.first), 1);
        log.change().to(disks.bindingOf(counted));
        for (Disk disk : disks.all) {
            assertEquals(LogState.OPEN, collection(log, name(disk)).state());
            assertEquals(List.of("a", "b"), ids(log, name(disk)));
            append(log, name(disk), "c");
        }
        assertTrue(
                read.stream().allMatch(operation -> operation.contains("wal.storage") || operation.contains("current")),
                () -> "read again: " + read);
        assertEquals(2, log.status().collections().get(0).epoch());
        assertEquals("a", reader.poll().orElseThrow().entry().id(), "a reader goes on");
        reader.poll();
        assertEquals("c", reader.poll().orElseThrow().entry().id());
        assertHoldsAfterARestart(List.of("a", "b", "c"));
    }

    @Test
    void theSerializerChangesUnderWriters() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        List<CompletableFuture<List<String>>> writers = writers(end);
        for (int i = 0; i < 20; i++) {
            BatchSerializer serializer = i % 2 == 0 ? PROTOBUF : new AvroSerializer(1 << 20);
            log.change().to(withFormats(new Binding.Formats(serializer, List.of(serializer))));
            log.catalog().create(CollectionSpec.payloads("during" + i));
            assertEquals(serializer.format(), log.status().serializer());
        }
        end.set(true);
        List<List<String>> written = new ArrayList<>();
        for (CompletableFuture<List<String>> writer : writers) {
            written.add(writer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        log.close();
        log = OpenLog.open(
                disks.settings(disks.all.stream().map(Disk::url).toList(), 0),
                withFormats(new Binding.Formats(
                        SeveralDisks.FORMATS.serializer(), List.of(SeveralDisks.FORMATS.serializer(), PROTOBUF))));
        for (int i = 0; i < written.size(); i++) {
            String collection = name(disks.all.get(i % 3));
            String mine = i + "-";
            assertEquals(
                    written.get(i),
                    ids(log, collection).stream()
                            .filter(id -> id.startsWith(mine))
                            .toList());
        }
        assertEquals(3 + 20, log.catalog().list().size());
    }

    @Test
    void theStrategyChangesToObjectsAndBack() throws Exception {
        append(log, name(disks.first), "a");
        List<String> ids = new ArrayList<>(List.of("a"));
        for (WriteStrategy strategy : List.of(new ObjectStrategy(), new AppendStrategy(), new ObjectStrategy())) {
            log.change().to(withStrategy(strategy));
            append(log, name(disks.first), strategy.name() + ids.size());
            ids.add(strategy.name() + ids.size());
            log.roll(name(disks.first));
            assertEquals(ids, ids(log, name(disks.first)));
        }
        log.close();
        log = OpenLog.open(
                disks.settings(disks.all.stream().map(Disk::url).toList(), 0), withStrategy(new ObjectStrategy()));
        assertEquals(ids, ids(log, name(disks.first)));
    }

    @Test
    void appendsWaitForServicesThatAreAwayAndReadsDoNot() throws Exception {
        append(log, name(disks.first), "a");
        log.change().to(without(disks.first));
        assertEquals(LogState.WAITING, collection(log, name(disks.first)).state());
        List<CompletableFuture<SequenceRange>> held = new ArrayList<>();
        for (String id : List.of("b", "c", "d")) {
            held.add(log.append(name(disks.first), List.of(Entry.payload(id, new byte[1]))));
        }
        assertTrue(held.stream().noneMatch(CompletableFuture::isDone));
        assertEquals(List.of("a"), ids(log, name(disks.first)));
        assertTrue(log.get(name(disks.first), "a").isPresent());
        append(log, name(disks.second), "x");
        log.change().to(disks.binding(disks.all));
        for (int i = 0; i < held.size(); i++) {
            assertEquals(
                    2 + i,
                    held.get(i).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).first());
        }
        assertHoldsAfterARestart(List.of("a", "b", "c", "d"), disks.first);
    }

    @Test
    void whoWaitsForTooLongIsRefusedUntilTheServicesAreBack() throws Exception {
        append(log, name(disks.first), "a");
        log.change().timeoutMillis(3_000);
        log.change().to(without(disks.first));
        List<Entry> batch = List.of(Entry.payload("b", new byte[1]));
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> log.append(name(disks.first), batch).join());
        assertInstanceOf(LogUnavailableException.class, refused.getCause());
        assertThrows(LogUnavailableException.class, () -> log.append(name(disks.first), batch));
        assertThrows(LogUnavailableException.class, () -> log.snapshot(name(disks.first)));
        assertEquals(List.of("a"), ids(log, name(disks.first)));
        log.change().to(disks.binding(disks.all));
        append(log, name(disks.first), "b");
        assertHoldsAfterARestart(List.of("a", "b"), disks.first);
    }

    @Test
    void whoWaitsIsToldWhenTheLogCloses() {
        log.change().to(without(disks.first));
        CompletableFuture<SequenceRange> held = log.append(name(disks.first), List.of(Entry.payload("b", new byte[1])));
        log.close();
        CompletionException closed = assertThrows(CompletionException.class, held::join);
        assertInstanceOf(LogClosedException.class, closed.getCause());
    }

    /** The services of a directory that hangs are given up in time; the others have changed by then. */
    @Test
    void aDirectoryThatHangsHoldsUpItsOwnChange() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        try (Disk.Release release = until::countDown) {
            disks.first.hang("force", reached, until);
            CompletableFuture<SequenceRange> slow =
                    log.append(name(disks.first), List.of(Entry.payload("s", new byte[1])));
            reached.await();
            log.change().timeoutMillis(300);
            log.change().to(withFormats(new Binding.Formats(PROTOBUF, List.of(PROTOBUF))));
            append(log, name(disks.second), "x");
            assertFalse(slow.isDone());
            release.now();
            assertEquals(1, slow.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).first());
            await("changed", () -> collection(log, name(disks.first)).epoch() == 2);
            append(log, name(disks.first), "t");
        }
    }

    /** Somebody has made changes in the gap between two sessions: everything is read again, his batch among it. */
    @Test
    void whatAnotherHasWrittenInBetweenIsRead() throws Exception {
        for (Disk disk : disks.all) {
            append(log, name(disk), "a");
        }
        log.change().to(nothing());
        try (OpenLog other = disks.open()) {
            for (Disk disk : List.of(disks.first, disks.third)) {
                append(other, name(disk), "theirs");
            }
            other.catalog().create(CollectionSpec.payloads("new"), disks.first.url());
        }
        log.change().to(disks.binding(disks.all));
        for (Disk disk : List.of(disks.first, disks.third)) {
            assertEquals(List.of("a", "theirs"), ids(log, name(disk)));
            append(log, name(disk), "b");
        }
        append(log, "new", "c");
        assertHoldsAfterARestart(List.of("a", "theirs", "b"), disks.first);
    }

    @Test
    void anotherStorageIsNotTakenForTheOneThatWasLeft() throws Exception {
        append(log, name(disks.first), "a");
        MemoryFileSystem older = copied(disks.first);
        append(log, name(disks.first), "b");
        log.change().to(without(disks.first));
        log.change()
                .to(disks.bindingOf(List.of(disks.first.boundTo(older), disks.second.bound(), disks.third.bound())));
        assertEquals(LogState.WAITING, collection(log, name(disks.first)).state());
        String detail = collection(log, name(disks.first)).detail();
        assertTrue(detail.contains("is it the same?"), detail);
        assertEquals(List.of("a", "b"), ids(log, name(disks.first)));
        log.change().to(disks.binding(disks.all));
        append(log, name(disks.first), "c");
        assertHoldsAfterARestart(List.of("a", "b", "c"), disks.first);
    }

    private void assertHoldsAfterARestart(List<String> ids) throws Exception {
        assertHoldsAfterARestart(ids, disks.first, disks.second, disks.third);
    }

    private void assertHoldsAfterARestart(List<String> ids, Disk... some) throws Exception {
        log.close();
        log = disks.open();
        for (Disk disk : some) {
            assertEquals(ids, ids(log, name(disk)));
        }
    }

    /** Two for each directory; each tells what it has written. */
    private List<CompletableFuture<List<String>>> writers(AtomicBoolean end) {
        return IntStream.range(0, 6)
                .mapToObj(writer -> CompletableFuture.supplyAsync(() -> write(writer, end)))
                .toList();
    }

    private List<String> write(int writer, AtomicBoolean end) {
        List<String> written = new ArrayList<>();
        while (!end.get()) {
            String id = writer + "-" + written.size();
            append(log, name(disks.all.get(writer % 3)), id);
            written.add(id);
        }
        return written;
    }

    private static MemoryFileSystem copied(Disk disk) throws IOException {
        MemoryFileSystem copy = new MemoryFileSystem();
        copyTree(disk.content(), Location.parse(disk.url()), copy);
        return copy;
    }

    private static void copyTree(FileSystem from, Location directory, FileSystem to) throws IOException {
        for (FileInfo info : from.list(directory)) {
            if (info.directory()) {
                copyTree(from, info.location(), to);
            } else {
                try (FileInput input = from.open(info.location())) {
                    ByteBuffer bytes = ByteBuffer.allocate((int) input.size());
                    input.read(0, bytes);
                    to.create(info.location(), List.of(bytes.flip()));
                }
            }
        }
    }

    private Binding without(Disk gone) {
        return disks.bindingOf(disks.all.stream()
                .map(disk -> disk == gone ? Binding.Directory.without("waits for a file system") : disk.bound())
                .toList());
    }

    private static Binding nothing() {
        Binding.Directory nothing = Binding.Directory.without("waits for a file system");
        return new Binding(List.of(nothing, nothing, nothing), nothing);
    }

    private Binding withStrategy(WriteStrategy strategy) {
        Binding.Services services = new Binding.Services(disks.first.files(), strategy, SeveralDisks.FORMATS);
        return disks.bindingOf(List.of(Binding.Directory.with(services), disks.second.bound(), disks.third.bound()));
    }

    private Binding withFormats(Binding.Formats formats) {
        Binding binding = disks.binding(disks.all);
        return new Binding(
                binding.directories().stream().map(one -> with(one, formats)).toList(),
                with(binding.catalog(), formats));
    }

    private static Binding.Directory with(Binding.Directory directory, Binding.Formats formats) {
        Binding.Services services = directory.services().orElseThrow();
        return Binding.Directory.with(new Binding.Services(services.files(), services.strategy(), formats));
    }

    private static String name(Disk disk) {
        return "on-" + Stream.of(disk.url().split(":")).findFirst().orElseThrow();
    }
}
