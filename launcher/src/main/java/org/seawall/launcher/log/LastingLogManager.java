package org.seawall.launcher.log;

import java.util.logging.LogManager;

/** Keeps its log files open until the process ends: the stock one closes them before the last bundle has stopped. */
public final class LastingLogManager extends LogManager {
    /** For java.util.logging, which makes it by its name. */
    public LastingLogManager() {}

    @Override
    public void reset() {
        // called by the shutdown hook of the stock log manager
    }
}
