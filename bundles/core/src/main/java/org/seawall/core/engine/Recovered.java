package org.seawall.core.engine;

import java.util.List;
import org.seawall.Recovery;
import org.seawall.core.memtable.Memtable;

/** What recovery made of a log's files. */
sealed interface Recovered {
    Recovery report();

    /**
     * Everything that was ever acknowledged is here.
     *
     * @param report the finding, complete or a torn tail
     * @param memtable the entries
     * @param head where the log goes on
     * @param replaced files that a snapshot or a compacted run stands for
     * @param behind what was read behind the snapshot
     */
    record Usable(Recovery report, Memtable memtable, Head head, List<Numbered> replaced, Behind behind)
            implements Recovered {}

    /**
     * The files were not changed, and an operator has to look at them.
     *
     * @param report the finding
     * @param cause what was found
     */
    record Refused(Recovery report, Exception cause) implements Recovered {}
}
