package org.seawall.shell.output;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is written under another name, and has its own when it is whole and durable. For one thread. */
final class NewFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path temporary;
    private final FileChannel channel;
    private final OutputStream bytes;

    /**
     * @param file a file that is there keeps its content until this one is finished
     * @throws java.nio.file.NoSuchFileException if its directory is not there
     */
    NewFile(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        this.temporary = this.file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.bytes = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** Takes what is written; flushed and closed by this. */
    OutputStream bytes() {
        return bytes;
    }

    /** Writes over what was written at the begin. */
    void head(ByteBuffer head) throws IOException {
        bytes.flush();
        long position = 0;
        while (head.hasRemaining()) {
            position += channel.write(head, position);
        }
    }

    /**
     * Gives it its name. On return it is durable.
     *
     * @return its length
     */
    long finish() throws IOException {
        bytes.flush();
        channel.force(true);
        long length = channel.size();
        channel.close();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Windows opens no directories, and needs it not
        if (File.separatorChar == '/') {
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
        return length;
    }

    /** Without {@link #finish} before, nothing of it stays. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }
}
