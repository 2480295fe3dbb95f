package org.seawall.core.engine;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.SequenceRange;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;

/** A log on an object store, with its commits in the calling thread and its creations as they are told. */
record ObjectLogs(FileSystem files, Location directory, HeldCreations creations, EngineSettings settings, Clock clock) {
    private static final Set<Capability> OBJECTS = EnumSet.of(
            Capability.CREATE_EXCLUSIVE, Capability.CONDITIONAL_REPLACE, Capability.STRONG_LIST, Capability.RANGE_READ);

    static ObjectLogs on(Storage storage, CommitWindow window) {
        EngineSettings settings = new EngineSettings(1 << 20, 0, 4_000, 2).with(window);
        return new ObjectLogs(storage.files(), storage.directory(), new HeldCreations(), settings, new TickingClock());
    }

    /** An empty object store. */
    static Storage storage() {
        return new Storage(new MemoryFileSystem(OBJECTS, 0), Location.parse("memory:/seawall"));
    }

    LogLayout layout() {
        return LogLayout.collection("c1", directory, Logs.FOUNDED);
    }

    Location segments() {
        return layout().segments().segments();
    }

    Session session() {
        return session(Delays.onto(Runnable::run));
    }

    Session session(Delays delays) {
        Backend backend = new Backend(files, new ObjectStrategy(creations), Logs.AVRO, List.of(Logs.AVRO), clock);
        return new Session(backend, settings, Runnable::run, "test").with(delays);
    }

    static CompletableFuture<SequenceRange> append(BatchLog log, String id) {
        return append(log, id, 10);
    }

    /** No sector of it is zero, as a lost one would be. */
    static CompletableFuture<SequenceRange> append(BatchLog log, String id, int bytes) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, (byte) 7);
        Entry entry = Entry.payload(id, payload);
        return log.append(Logs.AVRO.encode(List.of(entry), 1), Acknowledgement.DURABLE)
                .durable();
    }
}
