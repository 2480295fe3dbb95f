package org.seawall.testkit;

/**
 * The rules L1 to L34 of CONTRACT.md, which a {@link org.seawall.WriteAheadLog} has to keep. Extend it, open a log on the
 * storage that is given, and run it with JUnit. The storage is in memory, and its power is cut at every operation.
 */
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
}
