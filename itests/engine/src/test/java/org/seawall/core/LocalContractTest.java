package org.seawall.core;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Ground;
import org.seawall.testkit.RunningLog;
import org.seawall.testkit.Storage;
import org.seawall.testkit.Subject;
import org.seawall.testkit.WriteAheadLogContract;
import org.seawall.testkit.WriteStrategyContract;

/** The contracts of strategies and of the whole log on a disk, which is forced in earnest: at some of the operations. */
class LocalContractTest {
    private static final int SEEDS = 2;
    private static final int EVERY = Integer.getInteger("disk.every", 5);

    @TempDir
    private Path directory;

    private final AtomicInteger runs = new AtomicInteger();

    private Ground every(int operations) {
        return new Ground(this::storage, SEEDS, operations);
    }

    private Storage storage() {
        Path home = directory.resolve("run" + runs.incrementAndGet());
        return new Storage(new LocalFileSystem(4096), Location.parse(home.toString()));
    }

    @Nested
    @Subject(value = "append", on = "local")
    class Appending extends Strategy {
        Appending() {
            super(new AppendStrategy());
        }
    }

    @Nested
    @Subject(value = "object", on = "local")
    class Objects extends Strategy {
        Objects() {
            super(new ObjectStrategy());
        }
    }

    @Nested
    @Subject(value = "append", on = "local")
    class LogThatGrows extends Log {
        LogThatGrows() {
            super(new AppendStrategy());
        }
    }

    @Nested
    @Subject(value = "object", on = "local")
    class LogOfObjects extends Log {
        LogOfObjects() {
            super(new ObjectStrategy());
        }
    }

    private abstract class Strategy extends WriteStrategyContract {
        private final WriteStrategy strategy;

        Strategy(WriteStrategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public WriteStrategy strategy() {
            return strategy;
        }

        @Override
        public Ground ground() {
            return every(EVERY);
        }
    }

    private abstract class Log extends WriteAheadLogContract {
        private static final Limits LIMITS = new Limits(1 << 24, 1 << 23, 1 << 28, 1 << 27, 30_000);

        private final WriteStrategy strategy;

        Log(WriteStrategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public RunningLog open(Storage storage) throws Exception {
            OpenLog log = OpenLogContractTest.open(storage, strategy, LIMITS);
            return new RunningLog(log, log::close);
        }

        @Override
        public Ground ground() {
            return every(4 * EVERY);
        }

        @Override
        public Set<Capability> requires() {
            return strategy.requires();
        }
    }
}
