package org.seawall.testkit;

import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.filesystem.Capability;

/**
 * The rules L1 to L34 of CONTRACT.md, which a {@link org.seawall.WriteAheadLog} has to keep. Extend it, open a log on the
 * storage that is given, and run it with JUnit. The power of the storage is cut at every operation.
 */
@ExtendWith(RuleRecorder.class)
@ConsumerType
public abstract class WriteAheadLogContract
        implements LogAppendRules, LogLifeRules, LogCrashRules, LogKeepingRules, LogLevelRules {
    /** For extension by a test. */
    protected WriteAheadLogContract() {}

    /**
     * Opens a log, catalog and all, below the storage's directory.
     *
     * @param storage where to open it; there is nothing, or what an earlier call has left
     * @return the open log
     * @throws Exception if it cannot be opened
     */
    @Override
    public abstract RunningLog open(Storage storage) throws Exception;

    /**
     * Where it is tried.
     *
     * @return memory, unless it is overridden
     */
    @Override
    public Ground ground() {
        return Ground.inMemory();
    }

    /**
     * What the log cannot do without. Rules are left out if the storage does not claim it.
     *
     * @return nothing, unless it is overridden
     */
    @Override
    public Set<Capability> requires() {
        return Set.of();
    }
}
