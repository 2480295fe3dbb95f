package org.seawall.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LoggedEntry;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.Capability;

/** A log with a collection {@code c} of vectors of three components, on a machine whose power can be cut. */
final class LogTrial implements Closeable {
    private static final List<String> DURABLE = List.of("force ", "create ", "append ");

    static final String C = "c";

    /** Opens logs of the kind that is tested. */
    interface Opener {
        RunningLog open(Storage storage) throws Exception;

        Ground ground();

        Set<Capability> requires();
    }

    private final Opener opener;
    private final Storage storage;
    private final long seed;
    private FaultyFileSystem process;
    private RunningLog running;

    LogTrial(Opener opener) throws Exception {
        this(opener, 0);
        log().catalog().create(CollectionSpec.vectors(C, 3, Metric.L2));
    }

    private LogTrial(Opener opener, long seed) throws Exception {
        this.opener = opener;
        this.seed = seed;
        this.storage = storage(opener);
        this.process = new FaultyFileSystem(storage.files(), seed);
        this.running = opener.open(storage.through(process));
    }

    /** An empty storage that a log can be opened on. */
    static Storage storage(Opener opener) {
        Storage storage = opener.ground().storages().get();
        NotApplicable.unlessClaimed(opener.requires(), storage.files().capabilities());
        return storage;
    }

    WriteAheadLog log() {
        return running.log();
    }

    FaultyFileSystem process() {
        return process;
    }

    void reopen() throws Exception {
        running.close();
        running = opener.open(storage.through(process));
    }

    /** Takes the power away under the open log, and opens what is left. */
    void crash() throws Exception {
        process.stopAt(1, Moment.BEFORE);
        running.close();
        process.crash();
        process = new FaultyFileSystem(storage.files(), seed);
        running = opener.open(storage.through(process));
    }

    /** Ends the process under the open log; the machine goes on, and so does another process. */
    void die() throws Exception {
        process.stopAt(1, Moment.BEFORE);
        running.close();
        process = process.restart(seed);
        running = opener.open(storage.through(process));
    }

    CompletableFuture<SequenceRange> submit(Acknowledgement level, String... ids) {
        return log().append(C, List.of(entries(ids)), level);
    }

    /** Sets the settings of the collection, all of them. */
    void set(Map<String, String> settings) {
        log().catalog().update(C, spec -> spec.withSettings(settings));
    }

    SequenceRange append(Entry... entries) throws Exception {
        return acknowledged(log().append(C, List.of(entries)));
    }

    SequenceRange append(String... ids) throws Exception {
        return append(entries(ids));
    }

    static Entry[] entries(String... ids) {
        return Stream.of(ids).map(LogTrial::entry).toArray(Entry[]::new);
    }

    static Entry entry(String id) {
        return Entry.vector(id, id.hashCode() % 1_000, 0.5f, -1);
    }

    /** Waits, but not for a log that never answers; what it fails with is thrown. */
    static SequenceRange acknowledged(CompletableFuture<SequenceRange> append) throws Exception {
        try {
            return append.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("append was neither acknowledged nor refused within 30 s", e);
        }
    }

    /** Holds what makes a commit durable until it is let go: a force, a creation, or an append to a file that can be sealed. */
    static OperationHook holding(CountDownLatch reached, CountDownLatch go) {
        return operation -> {
            if (DURABLE.stream().anyMatch(operation::startsWith)) {
                reached.countDown();
                awaiting(go);
            }
        };
    }

    private static void awaiting(CountDownLatch go) throws IOException {
        try {
            if (!go.await(30, TimeUnit.SECONDS)) {
                throw new IOException("not let go within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    List<LoggedEntry> all() {
        return all(log(), C);
    }

    List<String> ids() {
        return all().stream().map(logged -> logged.entry().id()).toList();
    }

    static List<LoggedEntry> all(WriteAheadLog log, String collection) {
        List<LoggedEntry> all = new ArrayList<>();
        try (LogReader reader = log.read(collection, 1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                all.add(next.get());
            }
        }
        return all;
    }

    boolean finds(String id) {
        return log().get(C, id).isPresent();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
