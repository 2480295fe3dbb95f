package org.seawall.core.directory;

import java.util.concurrent.Executor;

/**
 * The threads of one directory. No other directory has a part in them, so that a storage that hangs holds up nobody else.
 *
 * @param attendant brings the directory up and looks after its collections, one thing after the other
 * @param recoveries opens and closes collections, several at a time
 */
public record DirectoryThreads(Executor attendant, Executor recoveries) {}
