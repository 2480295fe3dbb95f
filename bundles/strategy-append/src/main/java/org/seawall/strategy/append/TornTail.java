package org.seawall.strategy.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** What a crash left behind the last batch. It is copied without the zeroes at its end, and then cut off. */
final class TornTail {

    private static final int CHUNK_BYTES = 1 << 20;

    private final FileSystem fileSystem;
    private final Location file;
    private final long begin;

    TornTail(FileSystem fileSystem, Location file, long begin) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.begin = begin;
    }

    void cut(Location copy) throws IOException {
        List<ByteBuffer> tail = read();
        try {
            fileSystem.create(copy, tail.stream().map(ByteBuffer::duplicate).toList());
        } catch (FileAlreadyExistsException e) {
            acceptSame(copy, tail, e);
        }
        AppendFile active = fileSystem.openAppendable(file, begin);
        try (active) {
            active.truncate(begin);
            active.force();
        }
    }

    /** A crash between the copy and the cut leaves a copy, perhaps without a durable name. */
    private void acceptSame(Location copy, List<ByteBuffer> tail, FileAlreadyExistsException taken) throws IOException {
        try (FileInput input = fileSystem.open(copy)) {
            if (!chunks(input, 0, input.size()).equals(tail)) {
                throw taken;
            }
        }
        fileSystem.forceDirectory(copy.parent());
    }

    private List<ByteBuffer> read() throws IOException {
        try (FileInput input = fileSystem.open(file)) {
            return chunks(input, begin, endOfData(input));
        }
    }

    private static List<ByteBuffer> chunks(FileInput input, long begin, long end) throws IOException {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (long at = begin; at < end; at += CHUNK_BYTES) {
            chunks.add(chunk(input, at, end));
        }
        return chunks;
    }

    /** Looks from the end of the file, where megabytes of zeroes may be reserved. */
    private long endOfData(FileInput input) throws IOException {
        long end = input.size();
        while (end > begin) {
            long at = Math.max(begin, end - CHUNK_BYTES);
            ByteBuffer chunk = chunk(input, at, end);
            for (int i = chunk.limit() - 1; i >= 0; i--) {
                if (chunk.get(i) != 0) {
                    return at + i + 1;
                }
            }
            end = at;
        }
        return begin;
    }

    private static ByteBuffer chunk(FileInput input, long at, long end) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, end - at));
        input.read(at, chunk);
        return chunk.flip();
    }
}
