package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** The calls of the operating system on which durability and exclusiveness rest: tests let them fail and note their order. */
interface Disk {

    FileChannel open(Path file, OpenOption... options) throws IOException;

    /** Gives an existing file a second name; fails if that name is taken. */
    void link(Path name, Path existing) throws IOException;

    /**
     * Whether a failure to write pages of a file back is told to each of its channels, at its next force. Otherwise the
     * force of one channel could take the failure of what was written through another.
     */
    boolean tellsEveryChannel();

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;
}
