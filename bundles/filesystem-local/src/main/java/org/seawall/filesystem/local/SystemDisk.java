package org.seawall.filesystem.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk as the operating system gives it. */
final class SystemDisk implements Disk {

    static final boolean WINDOWS = File.separatorChar == '\\';

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    @Override
    public void link(Path name, Path existing) throws IOException {
        Files.createLink(name, existing);
    }

    /** Linux does since 4.13 (errseq_t), which is older than any system that Java 17 is built for. */
    @Override
    public boolean tellsEveryChannel() {
        return System.getProperty("os.name").startsWith("Linux");
    }

    /**
     * On Windows a directory cannot be opened as a file, and there is no other call that forces its names from Java; NTFS
     * journals them in order, so that a name is there when a later force of a file's content has come back.
     */
    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            return;
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
