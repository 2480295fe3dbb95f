package org.seawall.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.seawall.SequenceRange;

/**
 * A file with a line {@code first last} for each batch that was acknowledged, in order. A line is on the disk before
 * anybody hears of it. Lines are added behind those that are there.
 */
final class AckLog implements AutoCloseable {
    private final FileChannel channel;

    private AckLog(FileChannel channel) {
        this.channel = channel;
    }

    static AckLog open(Path file) throws IOException {
        boolean fresh = Files.notExists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
        return new AckLog(channel);
    }

    /** Adds a line for each batch and forces them together. */
    void add(List<SequenceRange> batches) throws IOException {
        StringBuilder lines = new StringBuilder();
        batches.forEach(batch ->
                lines.append(batch.first()).append(' ').append(batch.last()).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
