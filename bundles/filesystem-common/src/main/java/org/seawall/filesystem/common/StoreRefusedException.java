package org.seawall.filesystem.common;

import java.io.IOException;

/** A store that does not keep its conditions: a second writer could wipe out acknowledged entries. Nothing was written. */
public final class StoreRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreRefusedException(String fact, Target target) {
        super(fact
                + "; a second writer could overwrite acknowledged entries, so nothing is written here: use a store or"
                + " version that keeps If-None-Match and If-Match on writes, a gateway in between has to pass them on;"
                + " restart the file system to try again, file=" + target.location());
    }

    StoreRefusedException(StoreRefusedException before) {
        super(before.getMessage(), before);
    }
}
