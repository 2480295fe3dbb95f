package org.seawall.testkit;

import java.io.IOException;

/** Without a flaw it keeps every rule. */
class JournalContractTest extends WriteAheadLogContract {
    @Override
    public RunningLog open(Storage storage) throws IOException {
        return JournalLog.open(storage, JournalFlaw.NONE);
    }
}
