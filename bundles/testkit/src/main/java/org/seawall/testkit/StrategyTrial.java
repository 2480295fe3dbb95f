package org.seawall.testkit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** A log that is written with a strategy, on a machine whose power can be cut. It has nothing but what the strategy requires. */
final class StrategyTrial {
    static final int SEEDS = 8;

    private final WriteStrategy strategy;
    private final long seed;
    private final Storage storage;
    private FaultyFileSystem process;
    private SegmentLog log;

    StrategyTrial(StrategyRules rules, long seed) throws IOException {
        this.strategy = rules.strategy();
        this.seed = seed;
        this.storage = storage(rules);
        start();
    }

    /** An empty storage that can do what a strategy requires, and no more. */
    static Storage storage(StrategyRules rules) {
        WriteStrategy strategy = rules.strategy();
        Storage storage = rules.ground().storages().get();
        NotApplicable.unlessClaimed(strategy.requires(), storage.files().capabilities());
        return storage.through(new Limited(storage.files(), strategy.requires()));
    }

    private void start() throws IOException {
        process = new FaultyFileSystem(storage.files(), seed);
        log = new SegmentLog(strategy, storage.through(process));
    }

    SegmentLog log() {
        return log;
    }

    SegmentStore store() {
        return log.store();
    }

    FaultyFileSystem process() {
        return process;
    }

    /** Takes the power away, and opens what is left. */
    List<String> crash() throws IOException {
        process.crash();
        start();
        return log.recover();
    }

    /** Ends the process only, and opens what it has written. */
    List<String> restart() throws IOException {
        process = process.restart(seed);
        log = new SegmentLog(strategy, storage.through(process));
        return log.recover();
    }

    FileSystem files() {
        return process;
    }

    Location sealed(int number) {
        return SegmentLog.layout(storage.directory()).segments().child(SegmentLog.name(number));
    }

    Location copy() {
        return storage.directory().child("archive").child("copy");
    }

    String text(Location file) throws IOException {
        return SegmentLog.text(storage.files(), file);
    }

    /** Bytes behind the last batch, as a write that was cut off leaves them. */
    SegmentFile tear(String tail) throws IOException {
        store().close();
        List<SegmentFile> segments = store().segments();
        SegmentFile active = segments.get(segments.size() - 1);
        try (AppendFile file = storage.files()
                .openAppendable(active.location(), text(active.location()).indexOf('\0'))) {
            file.write(SegmentLog.bytes(tail));
            file.force();
        }
        start();
        return store().segments().get(segments.size() - 1);
    }

    static Throwable failure(CompletableFuture<Void> commit) {
        try {
            commit.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("commit was acknowledged");
    }

    static boolean documented(Throwable failure) {
        return failure instanceof IOException || failure instanceof SeawallException;
    }
}
