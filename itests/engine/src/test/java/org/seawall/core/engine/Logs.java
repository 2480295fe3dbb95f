package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.Recovery;
import org.seawall.SequenceRange;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;

/** Opens logs on a directory, with the real plug-ins. */
final class Logs implements AutoCloseable {
    static final Instant FOUNDED = Instant.parse("2025-06-28T14:20:00Z");
    static final BatchSerializer AVRO = new AvroSerializer(1 << 24);
    static final BatchSerializer PROTOBUF = new ProtobufSerializer(1 << 24);
    static final EngineSettings SETTINGS = new EngineSettings(1 << 20, 0, 1 << 20, 4);

    private final ExecutorService commits = Executors.newCachedThreadPool();
    private final LogLayout layout;
    private final Reading reading;
    final BatchSerializer serializer;

    Logs(Path directory) {
        this(directory, AVRO);
    }

    /** Writes with one of the formats, and reads all. */
    Logs(Path directory, BatchSerializer serializer) {
        this(directory, serializer, Reading.IN_TURN);
    }

    /** Reads back in a way of its own. */
    Logs(Path directory, BatchSerializer serializer, Reading reading) {
        this.serializer = serializer;
        this.reading = reading;
        this.layout = LogLayout.collection("c1", Location.parse(directory.toString()), FOUNDED);
    }

    LogLayout layout() {
        return layout;
    }

    Path active() {
        return Path.of(layout.segments().active().path());
    }

    Path segments() {
        return Path.of(layout.segments().segments().path());
    }

    Session session(FileSystem files, EngineSettings settings) {
        return session(files, new AppendStrategy(), settings);
    }

    Session session(FileSystem files, WriteStrategy strategy, EngineSettings settings) {
        Executor threads = commits;
        Backend backend = new Backend(files, strategy, serializer, List.of(AVRO, PROTOBUF), Clock.systemUTC());
        return new Session(backend, settings, threads, "test").reading(reading);
    }

    BatchLog create() throws IOException {
        return BatchLog.create(session(files(), SETTINGS), layout);
    }

    BatchLog open() {
        return opened(BatchLog.open(session(files(), SETTINGS), layout));
    }

    Recovery refused() {
        return assertInstanceOf(Opening.Refused.class, BatchLog.open(session(files(), SETTINGS), layout))
                .report();
    }

    static BatchLog opened(Opening opening) {
        return assertInstanceOf(Opening.Opened.class, opening, opening::toString)
                .log();
    }

    static FileSystem files() {
        return new LocalFileSystem(1 << 16);
    }

    SequenceRange append(BatchLog log, Entry... entries) {
        return log.append(serializer.encode(List.of(entries), 1)).join();
    }

    /** Entries that tell their batch and their place in it. */
    static Entry[] batch(int number, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.vector("b" + number + "-" + i, number, i, 0.5f)
                        .withPayload(new byte[] {(byte) number, 7}))
                .toArray(Entry[]::new);
    }

    static List<LoggedEntry> all(BatchLog log) {
        List<LoggedEntry> entries = new ArrayList<>();
        try (LogReader reader = log.read(1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                entries.add(next.get());
            }
        }
        return entries;
    }

    static List<String> ids(BatchLog log) {
        return all(log).stream().map(logged -> logged.entry().id()).toList();
    }

    static List<String> ids(Entry[]... batches) {
        return Stream.of(batches).flatMap(Stream::of).map(Entry::id).toList();
    }

    @Override
    public void close() {
        commits.shutdown();
    }
}
