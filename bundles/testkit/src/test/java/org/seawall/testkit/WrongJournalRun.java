package org.seawall.testkit;

import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a log with a flaw. Not run by itself. */
class WrongJournalRun extends WriteAheadLogContract {
    @RegisterExtension
    final WrongBackend wrong = new WrongBackend();

    @Override
    public RunningLog open(Storage storage) throws IOException {
        return JournalLog.open(storage, JournalFlaw.valueOf(wrong.get()));
    }
}
